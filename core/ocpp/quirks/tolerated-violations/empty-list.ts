import type { Tolerance } from '../quirk.ts';

/** A list of an answer is empty where the standard wants it absent, as when no certificate is installed. */
export const emptyList = {
  kind: 'tolerates',
  name: 'empty-list',
  tolerates: (_action, { keyword }) => keyword === 'minItems',
} as const satisfies Tolerance;
