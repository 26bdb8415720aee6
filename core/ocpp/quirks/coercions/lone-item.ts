import type { Coercion } from '../quirk.ts';

/** One item is given where the standard requires a list, as the only setting that was asked for: it becomes a list of one. */
export const loneItem = {
  kind: 'coercions',
  name: 'lone-item',
  coercions: (_action, { params }) => params['type'] === 'array',
  coerce: (value) => [value],
} as const satisfies Coercion;
