import type { Tolerance } from '../quirk.ts';

/** A message has properties of the vendor's own: they are passed over and kept in the raw payload. */
export const extraProperty = {
  kind: 'tolerates',
  name: 'extra-property',
  tolerates: (_action, { keyword }) => keyword === 'additionalProperties',
} as const satisfies Tolerance;
