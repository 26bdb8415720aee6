import { createHash } from 'node:crypto';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { ownTimeOf, reportTimeOf } from '../../../core/metering/points/charger-time.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { evidenceMessageBytes } from '../../runtime/evidence-bytes.ts';
import { keepReading, type MessageKind } from '../../store/readings/readings.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';
import { storableConnector } from '../session/storable-connector.ts';
import { refuseExcess } from './refuse-excess.ts';
import { releaseBytes, reserveBytes } from './stored-bytes.ts';

/** A message about energy or state that is to be kept as it came. */
export type Message = ConnectorRef & {
  readonly kind: MessageKind;
  readonly timestamp?: string | undefined;
  readonly raw: string;
};

/** The start of the SHA-256 of a message's content, 12 hex digits: a repetition finds itself. */
export const messageHash = (raw: string): string =>
  createHash('sha256').update(raw, 'utf8').digest('hex').slice(0, 12);

/** A stop is worth more than the readings before it: it finds room where they no longer do. */
const roomOf = (kind: MessageKind): number => (kind === 'stop' ? 2 : 1);

/**
 * Keeps a message exactly as it came, once, with the transaction it names or else with its connector; `full` where more of the
 * session or the connection is stored than may be.
 */
export async function keepMessage(
  step: MessageContext,
  message: Message,
  transactionId: string | undefined,
): Promise<'kept' | 'duplicate' | 'full'> {
  const { operatorId, chargerId, chargerKey, protocol, timeZone } = step.charger;
  const { kind, timestamp, raw } = message;
  const ofSession: { readonly sessionId?: string } =
    transactionId === undefined
      ? {}
      : { sessionId: sessionOfTransaction(chargerKey, transactionId) };
  const reading = {
    kind,
    operatorId,
    chargerId,
    chargerKey,
    ...storableConnector(message),
    protocol,
    receivedAt: receivedAt(step),
    // A connector's messages are found by the time of a session, one of a clock that was never set would not be.
    at: (transactionId === undefined ? reportTimeOf : ownTimeOf)(timestamp, step.now, timeZone),
    raw,
    ...(step.keptAt === undefined ? {} : { keptAt: step.keptAt }),
    ...ofSession,
  };
  const owner = { connectionId: step.connectionId, ...ofSession };
  const bytes = evidenceMessageBytes(raw);
  if (reserveBytes(owner, bytes, roomOf(kind)) === 'full') {
    await refuseExcess(step, message, ofSession.sessionId);
    return 'full';
  }
  const { retentionDays } = step.settings;
  let kept: 'kept' | 'duplicate' | undefined;
  try {
    kept = await keepReading(step.database, reading, messageHash(raw), retentionDays);
    return kept;
  } finally {
    // A repetition takes no room, nor does a message that waits for the database.
    if (kept !== 'kept') releaseBytes(owner, bytes);
  }
}
