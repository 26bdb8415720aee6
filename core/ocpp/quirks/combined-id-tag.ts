import type { JsonObject } from '../json-object.ts';
import type { Mend } from './quirk.ts';

const longestIdTag = 20;

const combined = (payload: JsonObject): string | undefined => {
  const { idTag } = payload;
  return typeof idTag === 'string' && idTag.length > longestIdTag ? idTag : undefined;
};

/** A payment terminal writes `prefix;tag`, which is too long for an idTag: the tag behind the semicolon counts. */
export const combinedIdTag = {
  kind: 'mends',
  name: 'combined-id-tag',
  applies: (_action, payload) => /;[^;]+$/.test(combined(payload) ?? ''),
  mend: (payload) => ({ ...payload, idTag: combined(payload)?.split(';').at(-1)?.trim() }),
} as const satisfies Mend;
