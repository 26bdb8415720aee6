import type { Tolerance } from '../quirk.ts';

/** A model, vendor or serial number is longer than the standard allows: it is kept whole. */
export const longBootField = {
  kind: 'tolerates',
  name: 'long-boot-field',
  tolerates: (action, { keyword }) => action === 'BootNotification' && keyword === 'maxLength',
} as const satisfies Tolerance;
