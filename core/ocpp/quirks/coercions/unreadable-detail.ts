import type { Coercion } from '../quirk.ts';

/** The details of a status are no object: they are left out, and the status alone is the answer. */
export const unreadableDetail = {
  kind: 'coercions',
  name: 'unreadable-detail',
  coercions: (_action, { params, instancePath }) =>
    params['type'] === 'object' &&
    /\/(?:attributeStatusInfo|statusInfo|customData)$/.test(instancePath),
  coerce: () => undefined,
} as const satisfies Coercion;
