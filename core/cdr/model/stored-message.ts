import type { ConnectorRef } from '../../charger/connector-ref.ts';

/** A message about a session as it was stored: the evidence that a CDR is based on, byte for byte. */
export type StoredMessage = ConnectorRef & {
  /** The sort key in the readings table: time, kind and content. */
  readonly key: string;
  /**
   * Meter values, the end of a transaction, the state of a connector, several of these in one (2.x TransactionEvent), or a whole
   * session that a third party pushed.
   */
  readonly kind: 'meter' | 'stop' | 'status' | 'event' | 'pushed';
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
  /** JSON exactly as it was sent. */
  readonly raw: string;
};
