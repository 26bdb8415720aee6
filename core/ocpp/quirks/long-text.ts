import type { Forgiveness } from './quirk.ts';

/** What a status says to people is longer than the standard allows: it is kept whole. */
export const longText = {
  kind: 'forgives',
  name: 'long-text',
  forgives: (_action, { keyword, instancePath }) =>
    keyword === 'maxLength' && instancePath === '/info',
} as const satisfies Forgiveness;
