import { integerText } from '../../rpc/number-literals.ts';
import type { Repair } from '../quirk.ts';

/** The idTag is a JSON number: it becomes the text that was written. */
export const numericIdTag = {
  kind: 'repairs',
  name: 'numeric-id-tag',
  applies: (_action, payload) => typeof payload['idTag'] === 'number',
  repair: (payload, raw) => ({
    ...payload,
    idTag: integerText(Number(payload['idTag']), 'idTag', raw),
  }),
} as const satisfies Repair;
