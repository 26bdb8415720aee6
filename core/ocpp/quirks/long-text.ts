import type { Forgiveness } from './quirk.ts';

/** A text for people is longer than the standard allows: it is kept whole. */
export const longText = {
  kind: 'forgives',
  name: 'long-text',
  forgives: (action, { keyword, instancePath }) =>
    keyword === 'maxLength' && instancePath !== '/idTag' && action !== 'BootNotification',
} as const satisfies Forgiveness;
