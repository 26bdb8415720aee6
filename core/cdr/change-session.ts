import { applySessionEvent } from '../session/apply-session-event.ts';
import { isStopInPart } from '../session/divide-session.ts';
import { isOurStop } from '../session/is-our-stop.ts';
import { limitPerCode } from '../session/limit-per-code.ts';
import { noteLateEvent } from '../session/note-late-event.ts';
import type { Session } from '../session/session.ts';
import type { SessionEvent } from '../session/session-event.ts';
import type { CdrDecision } from './compute/cdr-decision.ts';
import { canonicalJson } from './seal/canonical-json.ts';

/** A session with what its CDR came to so far. */
export type StandingSession = {
  readonly session: Session;
  readonly decision?: Pick<CdrDecision, 'kind'>;
  /** `cdrSequence` is the place of a sealed CDR in its charger's chain; `energy` is in mWh. */
  readonly result?: { readonly cdrSequence?: number; readonly energy?: bigint };
};

/** True if start and stop of a session are final: an operator has decided on them, or a sealed CDR is based on them. */
export const isFixed = ({ decision, result }: StandingSession): boolean =>
  decision !== undefined || result?.cdrSequence !== undefined;

/**
 * True if an event says how a sealed session really ended, so that its CDR is corrected by it: its own stop, where it is sealed by an end
 * of ours; or that the stop it is sealed by was another session's of its transaction's id.
 */
const takesOver = ({ session, decision }: StandingSession, event: SessionEvent): boolean => {
  if (decision !== undefined) return false;
  const { stop } = session;
  switch (event.kind) {
    case 'stopped':
      return stop === undefined || isOurStop(stop);
    case 'stopMissing':
    case 'endedByOperator':
      return stop === undefined;
    case 'divided':
      return !isStopInPart(session, event.part);
    default:
      return false;
  }
};

/** The session after an event; undefined where the event changes nothing. `standing` is undefined for a new session. */
export const changeSession = (
  standing: StandingSession | undefined,
  event: SessionEvent,
): Session | undefined => {
  const changed =
    standing !== undefined && isFixed(standing) && !takesOver(standing, event)
      ? noteLateEvent(standing.session, event, standing.result?.energy)
      : applySessionEvent(standing?.session, event);
  if (changed === undefined) return undefined;
  const next = { ...changed, anomalies: limitPerCode(changed.anomalies) };
  const isSame = standing !== undefined && canonicalJson(next) === canonicalJson(standing.session);
  return isSame ? undefined : next;
};
