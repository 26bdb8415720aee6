import type { Forgiveness } from './quirk.ts';

/** A message has properties of the vendor's own: they are passed over and kept in the raw payload. */
export const extraProperty = {
  kind: 'forgives',
  name: 'extra-property',
  forgives: (_action, { keyword }) => keyword === 'additionalProperties',
} as const satisfies Forgiveness;
