import type { Forgiveness } from './quirk.ts';

/** A message that needs a timestamp has none: the time of its arrival stands in. */
export const missingTimestamp = {
  kind: 'forgives',
  name: 'missing-timestamp',
  forgives: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'timestamp',
} as const satisfies Forgiveness;
