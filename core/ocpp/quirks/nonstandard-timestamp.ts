import type { Forgiveness } from './quirk.ts';

/** A timestamp is no RFC 3339 time, without a zone for example: it is kept as it is, for whoever reads it to judge. */
export const nonstandardTimestamp = {
  kind: 'forgives',
  name: 'nonstandard-timestamp',
  forgives: (_action, { keyword }) => keyword === 'format',
} as const satisfies Forgiveness;
