import { isJsonObject, type JsonObject } from '../../json-object.ts';
import { meterValuesIn } from '../meter-values.ts';
import type { Flag } from '../quirk.ts';

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;

const measuredNothing = (payload: JsonObject): boolean =>
  isEmpty(payload['meterValue']) ||
  meterValuesIn(payload).some((value) => isJsonObject(value) && isEmpty(value['sampledValue']));

/** A list of values is empty: it says that nothing was measured, and is not a reading. */
export const emptySamples = {
  kind: 'flags',
  name: 'empty-samples',
  applies: measuredNothing,
} as const satisfies Flag;
