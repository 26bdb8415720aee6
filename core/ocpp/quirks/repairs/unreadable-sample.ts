import { isJsonObject } from '../../json-object.ts';
import { mapSampledValues, sampledValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const isReadable = (sample: unknown): boolean =>
  isJsonObject(sample) && typeof sample['value'] === 'string';

/** A sampled value has no value at all: it is passed over, so that the others of the message count. */
export const unreadableSample = {
  kind: 'repairs',
  name: 'unreadable-sample',
  applies: (_action, payload) => !sampledValuesIn(payload).every(isReadable),
  repair: (payload) => mapSampledValues(payload, (sample) => (isReadable(sample) ? [sample] : [])),
} as const satisfies Repair;
