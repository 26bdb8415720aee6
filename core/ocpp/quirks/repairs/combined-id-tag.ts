import type { JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

const longestIdTag = 20;

const combined = (payload: JsonObject): string | undefined => {
  const { idTag } = payload;
  return typeof idTag === 'string' && idTag.length > longestIdTag ? idTag : undefined;
};

/** A payment terminal writes `prefix;tag`, which is too long for an idTag: the tag after the semicolon counts. */
export const combinedIdTag = {
  kind: 'repairs',
  name: 'combined-id-tag',
  applies: (_action, payload) => /;[^;]+$/.test(combined(payload) ?? ''),
  repair: (payload) => ({ ...payload, idTag: combined(payload)?.split(';').at(-1)?.trim() }),
} as const satisfies Repair;
