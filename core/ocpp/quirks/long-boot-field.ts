import type { Forgiveness } from './quirk.ts';

/** A model, vendor or serial number is longer than the standard allows: it is kept whole. */
export const longBootField = {
  kind: 'forgives',
  name: 'long-boot-field',
  forgives: (action, { keyword }) => action === 'BootNotification' && keyword === 'maxLength',
} as const satisfies Forgiveness;
