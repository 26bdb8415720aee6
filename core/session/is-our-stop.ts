import type { SessionStop } from './session.ts';
import {
  abandonedReason,
  endedByOperatorReason,
  stopMissingReason,
  supersededReason,
  unreadableReason,
} from './session-event.ts';

const ourReasons: ReadonlySet<string> = new Set([
  supersededReason,
  abandonedReason,
  unreadableReason,
  stopMissingReason,
  endedByOperatorReason,
]);

/** True if an end is one that we gave to a session because its own had not come. */
export const isOurStop = ({ reason }: SessionStop): boolean => ourReasons.has(reason);
