import { createHash } from 'node:crypto';
import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import { isoTimeOf, ownTimeOf } from '../../core/metering/points/charger-time.ts';
import { sessionId } from '../../core/session/session-id.ts';
import { keepReading, type MessageKind } from '../store/readings.ts';
import { type MessageContext, receivedAt } from './message-context.ts';
import { storableConnector } from './storable-connector.ts';

/** A message about energy or state that is to be kept as it came. */
export type Message = ConnectorRef & {
  readonly kind: MessageKind;
  readonly timestamp?: string | undefined;
  readonly raw: string;
};

/** The start of the SHA-256 of a message's content, 12 hex digits: a repetition finds itself. */
export const messageHash = (raw: string): string =>
  createHash('sha256').update(raw, 'utf8').digest('hex').slice(0, 12);

/** Keeps a message exactly as it came, once, with the transaction it names or else with its connector. */
export async function keepMessage(
  step: MessageContext,
  message: Message,
  transactionId: string | undefined,
): Promise<'kept' | 'duplicate'> {
  const { operatorId, chargerId, chargerKey, protocol } = step.charger;
  const { kind, timestamp, raw } = message;
  const reading = {
    kind,
    operatorId,
    chargerId,
    chargerKey,
    ...storableConnector(message),
    protocol,
    receivedAt: receivedAt(step),
    // A connector's messages are found by the time of a session, one of a clock that was never set would not be.
    at:
      transactionId === undefined ? isoTimeOf(timestamp, step.now) : ownTimeOf(timestamp, step.now),
    raw,
    ...(step.keptAt === undefined ? {} : { keptAt: step.keptAt }),
    ...(transactionId === undefined ? {} : { sessionId: sessionId(chargerKey, transactionId) }),
  };
  const { retentionDays } = step.settings;
  return await keepReading(step.database, reading, messageHash(raw), retentionDays);
}
