import type { Tolerance } from '../quirk.ts';

/** A text of a message of 2.x is longer than the standard allows: it is kept whole. */
export const longField = {
  kind: 'tolerates',
  name: 'long-field',
  tolerates: (_action, { keyword }) => keyword === 'maxLength',
} as const satisfies Tolerance;
