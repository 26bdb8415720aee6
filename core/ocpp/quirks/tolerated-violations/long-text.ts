import type { Tolerance } from '../quirk.ts';

/** The text of a status is longer than the standard allows: it is kept whole. */
export const longText = {
  kind: 'tolerates',
  name: 'long-text',
  tolerates: (_action, { keyword, instancePath }) =>
    keyword === 'maxLength' && instancePath === '/info',
} as const satisfies Tolerance;
