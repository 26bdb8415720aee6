import { isJsonObject } from '../../json-object.ts';
import { mapSampledValues, sampledValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const decimal = /^\s*[+-]?\d+(?:\.\d+)?\s*$/;

const isReadable = (sample: unknown): boolean => {
  if (!isJsonObject(sample)) return false;
  const { value } = sample;
  return typeof value === 'number' || (typeof value === 'string' && decimal.test(value));
};

/** A sampled value of 2.x has no number: it is passed over, so that the others of the message count. */
export const sampleWithoutNumber = {
  kind: 'repairs',
  name: 'sample-without-number',
  applies: (_action, payload) => !sampledValuesIn(payload).every(isReadable),
  repair: (payload) => mapSampledValues(payload, (sample) => (isReadable(sample) ? [sample] : [])),
} as const satisfies Repair;
