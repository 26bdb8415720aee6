import type { Coercion } from '../quirk.ts';

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

const truthOf = (value: unknown): boolean | undefined =>
  truths.get(typeof value === 'string' ? value.trim().toLowerCase() : value);

/** A truth is written as text or as 0 or 1, as in `"readonly": "false"`: it becomes one. */
export const truthInText = {
  kind: 'coercions',
  name: 'truth-in-text',
  coercions: (_action, { params }, value) =>
    params['type'] === 'boolean' && truthOf(value) !== undefined,
  coerce: truthOf,
} as const satisfies Coercion;
