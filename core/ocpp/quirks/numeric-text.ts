import type { Salvage } from './quirk.ts';

/** A number stands where the standard wants a text, a reason for example: it becomes text. */
export const numericText = {
  kind: 'salvages',
  name: 'numeric-text',
  salvages: (_action, { params }, value) =>
    params['type'] === 'string' && typeof value === 'number',
  salvage: (value) => String(value),
} as const satisfies Salvage;
