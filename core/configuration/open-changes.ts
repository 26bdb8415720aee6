import type { CommandOutcome, RejectedReason } from '../command/command-outcome.ts';
import { type CommandState, hasExpired } from '../command/command-state.ts';
import type { RefusalReason } from '../ocpp/rpc/refusal-reason.ts';

/** A command that gave a charger something it should have, as far as it has come. */
export type ChangeMade = {
  readonly state: CommandState;
  readonly outcome?: CommandOutcome;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
};

const passingRefusals: ReadonlySet<RejectedReason> = new Set<RejectedReason>([
  'rejected',
  'occupied',
  'faulted',
  'unavailable',
  'failed',
  'version-mismatch',
]);

const passingErrors: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'internal',
  'protocol',
  'security',
  'other',
]);

/**
 * Whether a charger may take a change another time that it has not taken: it did not answer in time, was not there, or refused it for
 * a reason that may pass, and not because it has no such thing.
 */
const mayPass = ({ state, outcome }: ChangeMade): boolean => {
  switch (outcome?.kind) {
    case undefined:
      return state === 'timed-out' || state === 'cancelled';
    case 'accepted':
      return false;
    case 'rejected':
      return passingRefusals.has(outcome.reason);
    case 'failed':
      return passingErrors.has(outcome.reason);
    case 'unreadable':
      return true;
    default:
      return outcome satisfies never;
  }
};

/** How a change that a charger was given stands: `open` may be tried again, `closed` was taken or is refused for good. */
export type ChangeStanding = 'under-way' | 'open' | 'closed';

/** The standing of a change. `now` is ISO 8601 in UTC. */
export const standingOf = (change: ChangeMade, now: string): ChangeStanding => {
  if (change.state === 'expired' || hasExpired(change, now)) return 'open';
  if (change.state === 'queued' || change.state === 'sent') return 'under-way';
  return mayPass(change) ? 'open' : 'closed';
};

const minute = 60_000;

/** Ms that pass at least before a charger is tried again that did not take all of a change so many times in a row (at least 1): a day at most. */
export const retryPause = (attempts: number): number =>
  Math.min(1_440, 15 * 2 ** Math.min(attempts - 1, 10)) * minute;
