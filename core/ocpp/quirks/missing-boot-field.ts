import type { Forgiveness } from './quirk.ts';

/** The vendor or the model is missing at boot: it stays unknown. */
export const missingBootField = {
  kind: 'forgives',
  name: 'missing-boot-field',
  forgives: (action, { keyword }) => action === 'BootNotification' && keyword === 'required',
} as const satisfies Forgiveness;
