import type { Flag } from '../quirk.ts';

/** The vendor or the model is empty at boot: it stays unknown. */
export const emptyVendor = {
  kind: 'flags',
  name: 'empty-vendor',
  applies: ({ chargePointVendor, chargePointModel }) =>
    chargePointVendor === '' || chargePointModel === '',
} as const satisfies Flag;
