import type { Coercion } from '../quirk.ts';

/**
 * A property of a transaction message has a wrong type: it is left out, and the raw payload keeps it,
 * because the rest of the message is worth more than an error that nobody reads.
 */
export const unreadableProperty = {
  kind: 'coercions',
  name: 'unreadable-property',
  coercions: () => true,
  coerce: () => undefined,
} as const satisfies Coercion;
