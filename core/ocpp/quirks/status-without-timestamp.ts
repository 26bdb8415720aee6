import type { Notice } from './quirk.ts';

/** A status has no timestamp, which the standard allows: the time of its arrival stands in. */
export const statusWithoutTimestamp = {
  kind: 'notices',
  name: 'status-without-timestamp',
  applies: (action, { timestamp }) => action === 'StatusNotification' && !timestamp,
} as const satisfies Notice;
