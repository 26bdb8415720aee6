import { reportTimeOf } from '../metering/points/charger-time.ts';
import type { Session } from './session.ts';
import { supersededReason } from './session-event.ts';

/** Known facts about a session whose stop may be missing. Times are ISO 8601 in UTC. */
export type StopEvidence = {
  /** Latest status of its connector; absent if it never reported any. */
  readonly connector?: {
    readonly status?: string;
    /** By the charger's clock and by ours. */
    readonly statusAt?: string;
    readonly statusReceivedAt?: string;
  };
  /** The charger's time of the last message of the session; absent where it has none. */
  readonly lastMessageAt?: string;
  /** Time of the last sign of the session, by our clock. */
  readonly lastHeardAt: string;
};

/** How long it must have been so, on our clock, ISO 8601 in UTC. */
export type MissingSince = {
  /** There was no sign of the session after this. */
  readonly silent: string;
  /** The connector reported itself available by then. */
  readonly available: string;
};

/**
 * True if the stop of a session is missing: another session took over its connector; or the connector is available, which
 * by the charger's clock it became after all messages of the session, and there was no sign of the session since.
 */
export const isStopMissing = (
  { start, stop, timeZone }: Session,
  { connector = {}, lastMessageAt = '', lastHeardAt }: StopEvidence,
  since: MissingSince,
): boolean => {
  if (stop !== undefined)
    return stop.reason === supersededReason && stop.receivedAt <= since.silent;
  if (start === undefined || connector.status?.toLowerCase() !== 'available') return false;
  const { statusAt = '', statusReceivedAt = '' } = connector;
  const startedAt = reportTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  const isAfterAll = statusAt > startedAt && statusAt >= lastMessageAt;
  return isAfterAll && statusReceivedAt <= since.available && lastHeardAt <= since.silent;
};
