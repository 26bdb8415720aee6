import type { Mend } from './quirk.ts';

/** A session starts without an idTag: the tag is empty, and known to nobody. */
export const missingIdTag = {
  kind: 'mends',
  name: 'missing-id-tag',
  applies: (action, payload) => action === 'StartTransaction' && payload['idTag'] === undefined,
  mend: (payload) => ({ ...payload, idTag: '' }),
} as const satisfies Mend;
