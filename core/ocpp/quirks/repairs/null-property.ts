import { isJsonObject, type JsonObject } from '../../json-object.ts';
import {
  mapMeterValues,
  mapSampledValues,
  meterValuesIn,
  sampledValuesIn,
} from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const hasNull = (value: unknown): boolean =>
  isJsonObject(value) && Object.values(value).includes(null);

const withoutNull = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, property]) => property !== null));

const cleaned = (value: unknown): readonly unknown[] => [
  isJsonObject(value) ? withoutNull(value) : value,
];

/** A property is null where the charger has nothing to say: it is left out. */
export const nullProperty = {
  kind: 'repairs',
  name: 'null-property',
  applies: (_action, payload) =>
    hasNull(payload) || [...meterValuesIn(payload), ...sampledValuesIn(payload)].some(hasNull),
  repair: (payload) => mapSampledValues(mapMeterValues(withoutNull(payload), cleaned), cleaned),
} as const satisfies Repair;
