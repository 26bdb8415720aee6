import type { Coercion } from '../quirk.ts';

const decimal = /^\s*[+-]?\d+(?:\.\d+)?\s*$/;

/** A number is written as text, wherever in the message, as in `"value": "1234.5"`: it becomes a number. */
export const numberInText = {
  kind: 'coercions',
  name: 'number-in-text',
  coercions: (_action, { params }, value) =>
    (params['type'] === 'number' || params['type'] === 'integer') &&
    typeof value === 'string' &&
    decimal.test(value),
  coerce: (value) => Number(value),
} as const satisfies Coercion;
