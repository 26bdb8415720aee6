import type { Coercion } from '../quirk.ts';

/** A number stands where the standard wants a text, a reason for example: it becomes text. */
export const numericText = {
  kind: 'coercions',
  name: 'numeric-text',
  coercions: (_action, { params }, value) =>
    params['type'] === 'string' && typeof value === 'number',
  coerce: (value) => String(value),
} as const satisfies Coercion;
