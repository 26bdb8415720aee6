import type { Flag } from '../quirk.ts';

/** A status has no timestamp, which the standard allows: the time of receipt is used. */
export const statusWithoutTimestamp = {
  kind: 'flags',
  name: 'status-without-timestamp',
  applies: ({ timestamp }) => !timestamp,
} as const satisfies Flag;
