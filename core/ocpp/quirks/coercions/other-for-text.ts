import type { Coercion } from '../quirk.ts';

/** A truth or an object is given where the standard requires text, as the value of a setting or as data of a vendor: it becomes text, as JSON. */
export const otherForText = {
  kind: 'coercions',
  name: 'other-for-text',
  coercions: (action, { params, instancePath }, value) =>
    params['type'] === 'string' &&
    (typeof value === 'boolean' ||
      (action.startsWith('DataTransfer') && instancePath === '/data' && value !== undefined)),
  coerce: (value) => JSON.stringify(value),
} as const satisfies Coercion;
