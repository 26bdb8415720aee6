import type { Coercion } from '../quirk.ts';

/** A number is given where the standard requires text, for example as a reason: it becomes text. */
export const numericText = {
  kind: 'coercions',
  name: 'numeric-text',
  coercions: (_action, { params }, value) =>
    params['type'] === 'string' && typeof value === 'number',
  coerce: (value) => String(value),
} as const satisfies Coercion;
