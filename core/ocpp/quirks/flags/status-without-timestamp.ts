import type { Flag } from '../quirk.ts';

/** A status has no timestamp, which the standard allows: the time of its arrival stands in. */
export const statusWithoutTimestamp = {
  kind: 'flags',
  name: 'status-without-timestamp',
  applies: ({ timestamp }) => !timestamp,
} as const satisfies Flag;
