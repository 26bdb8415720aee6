import type { Tolerance } from '../quirk.ts';

/** A message that needs a timestamp has none: the time of receipt is used. */
export const missingTimestamp = {
  kind: 'tolerates',
  name: 'missing-timestamp',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'timestamp',
} as const satisfies Tolerance;
