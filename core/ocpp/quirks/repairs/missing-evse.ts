import type { Repair } from '../quirk.ts';

/** Meter values name no EVSE: they are of EVSE 1, the only one of most chargers. */
export const missingEvse = {
  kind: 'repairs',
  name: 'missing-evse',
  applies: (action, payload) => action === 'MeterValues' && payload['evseId'] === undefined,
  repair: (payload) => ({ ...payload, evseId: 1 }),
} as const satisfies Repair;
