import type { Tolerance } from '../quirk.ts';

/** A boot does not say why: refusing it would keep the charger offline for ever. */
export const missingBootReason = {
  kind: 'tolerates',
  name: 'missing-boot-reason',
  tolerates: (action, { keyword, params }) =>
    action === 'BootNotification' &&
    keyword === 'required' &&
    params['missingProperty'] === 'reason',
} as const satisfies Tolerance;
