import type { Tolerance } from '../quirk.ts';

/** The status of an answer is not a word of the standard: it is read as a refusal. */
export const unknownStatus = {
  kind: 'tolerates',
  name: 'unknown-status',
  tolerates: (_action, { keyword, instancePath }) =>
    keyword === 'enum' && /(?:^|\/)(?:status|attributeStatus)$/.test(instancePath),
} as const satisfies Tolerance;
