import type { Repair } from '../quirk.ts';

/** A session starts without an idTag: the tag is empty, and known to nobody. */
export const missingIdTag = {
  kind: 'repairs',
  name: 'missing-id-tag',
  applies: (action, payload) => action === 'StartTransaction' && payload['idTag'] === undefined,
  repair: (payload) => ({ ...payload, idTag: '' }),
} as const satisfies Repair;
