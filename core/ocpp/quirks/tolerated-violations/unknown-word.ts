import type { Tolerance } from '../quirk.ts';

/** A measurand, unit, reason or the like is not in the standard: it is kept as it is. */
export const unknownWord = {
  kind: 'tolerates',
  name: 'unknown-word',
  tolerates: (_action, { keyword }) => keyword === 'enum',
} as const satisfies Tolerance;
