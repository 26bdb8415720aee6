import type { Forgiveness } from './quirk.ts';

/** A measurand, unit, reason or the like is none of the standard's: it is kept as it is. */
export const unknownWord = {
  kind: 'forgives',
  name: 'unknown-word',
  forgives: (_action, { keyword }) => keyword === 'enum',
} as const satisfies Forgiveness;
