import type { Session } from '../session/session.ts';
import type { CdrDecision } from './compute/cdr-decision.ts';

/** A session with what its CDR came to so far. */
export type EndedSession = {
  readonly session: Pick<Session, 'state' | 'stop'>;
  readonly decision?: Pick<CdrDecision, 'decidedAt'>;
  readonly result?: { readonly cdrSequence?: number };
};

/**
 * True if a session has waited for its CDR since `before` (our clock, ISO 8601 in UTC): it has ended and nobody made one, or
 * an operator decided on the held one and it was not sealed. A CDR is made within seconds, unless the record of the end
 * was lost.
 */
export const awaitsCdr = (
  { session: { state, stop }, decision, result }: EndedSession,
  before: string,
): boolean => {
  if (state !== 'ended' || stop === undefined || result?.cdrSequence !== undefined) return false;
  if (decision !== undefined) return decision.decidedAt <= before;
  return result === undefined && stop.receivedAt <= before;
};
