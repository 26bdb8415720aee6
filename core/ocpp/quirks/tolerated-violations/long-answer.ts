import type { Tolerance } from '../quirk.ts';

/** A text of an answer, the value of a setting for example, is longer than the standard allows: it is kept whole. */
export const longAnswer = {
  kind: 'tolerates',
  name: 'long-answer',
  tolerates: (_action, { keyword }) => keyword === 'maxLength',
} as const satisfies Tolerance;
