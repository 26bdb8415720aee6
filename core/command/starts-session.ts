import { isSameConnector } from '../charger/connector-ref.ts';
import { requestNumber } from '../ocpp/request-number.ts';
import type { Session } from '../session/session.ts';
import { normalizeTokenId } from '../token/normalize-token-id.ts';
import type { CommandOutcome } from './command-outcome.ts';
import type { CommandOf } from './command-request.ts';

/** Ms within which a charger that accepted a start begins the session: it may wait for the driver to plug in. */
const longestStart = 10 * 60_000;

/** A command to start, as it was sent. */
export type SentStart = {
  readonly request: CommandOf<'start'>;
  readonly sequence: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
  readonly outcome?: CommandOutcome;
};

/** How surely a session is the one that a command started: the charger says so, or it looks like it. */
export type Kinship = 'named' | 'likely' | 'none';

/** Ms that a charger's clock may be behind ours. */
const clocksDiffer = 60_000;

/** Whether a session, or the token of one that began without, came after a command and in time. */
const isTimely = ({ sentAt }: SentStart, { start }: Session): boolean => {
  const sent = Date.parse(sentAt);
  const received = Date.parse(start?.receivedAt ?? '');
  const presented = Date.parse(start?.tokenAt ?? '') + clocksDiffer;
  return [received, presented].some((at) => at >= sent && at <= sent + longestStart);
};

const isPlaced = ({ request: { connector } }: SentStart, session: Session): boolean => {
  if (connector === undefined || connector.evseId === 0) return true;
  return connector.connectorId === 0
    ? connector.evseId === session.evseId
    : isSameConnector(connector, session);
};

const hasToken = ({ request }: SentStart, { start }: Session): boolean =>
  normalizeTokenId(start?.tokenId ?? '') === normalizeTokenId(request.tokenId);

/**
 * Whether a session of its charger is the one that a command started. From OCPP 2.0.1 on the answer may name the transaction,
 * or the transaction the command; otherwise it is one of its token and connector that begins within ten minutes, or gets its
 * token then because it began without. One that was refused began none, unless the session says so itself.
 */
export const startsSession = (command: SentStart, session: Session): Kinship => {
  const { outcome, sequence } = command;
  const data = outcome?.kind === 'accepted' ? outcome.data : undefined;
  if (data?.kind === 'transaction') {
    const [started, own] = [data.transactionId, session.transactionId];
    return started.toLowerCase() === own.toLowerCase() ? 'named' : 'none';
  }
  if (session.remoteStartId !== undefined) {
    return session.remoteStartId === requestNumber(sequence) ? 'named' : 'none';
  }
  const isRefused = outcome?.kind === 'rejected' || outcome?.kind === 'failed';
  const isLikely =
    !isRefused &&
    isTimely(command, session) &&
    isPlaced(command, session) &&
    hasToken(command, session);
  return isLikely ? 'likely' : 'none';
};
