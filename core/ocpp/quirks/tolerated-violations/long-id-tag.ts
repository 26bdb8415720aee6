import type { Tolerance } from '../quirk.ts';

/** An idTag is longer than the 20 characters of the standard: it is kept whole, and known to nobody. */
export const longIdTag = {
  kind: 'tolerates',
  name: 'long-id-tag',
  tolerates: (_action, { keyword, instancePath }) =>
    keyword === 'maxLength' && instancePath === '/idTag',
} as const satisfies Tolerance;
