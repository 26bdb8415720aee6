import { isJsonObject, type JsonObject } from '../json-object.ts';

/** The two properties of OCPP 1.6 that hold lists of MeterValue. */
const lists = ['meterValue', 'transactionData'] as const;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Changes the meter values of a payload, each to any number of others; wherever a list should be, one is made. */
export const mapMeterValues = (
  payload: JsonObject,
  change: (meterValue: unknown) => readonly unknown[],
): JsonObject => {
  const changed = lists
    .filter((name) => payload[name] !== undefined)
    .map((name) => [name, asList(payload[name]).flatMap(change)]);
  return { ...payload, ...Object.fromEntries(changed) };
};

/** Changes the sampled values of a payload, each to any number of others. */
export const mapSampledValues = (
  payload: JsonObject,
  change: (sampledValue: unknown) => readonly unknown[],
): JsonObject =>
  mapMeterValues(payload, (meterValue) =>
    isJsonObject(meterValue) && meterValue['sampledValue'] !== undefined
      ? [{ ...meterValue, sampledValue: asList(meterValue['sampledValue']).flatMap(change) }]
      : [meterValue],
  );

/** Every meter value of a payload, whatever it is. */
export const meterValuesIn = (payload: JsonObject): readonly unknown[] =>
  lists.flatMap((name) => (payload[name] === undefined ? [] : asList(payload[name])));

/** Every sampled value of a payload, whatever it is. */
export const sampledValuesIn = (payload: JsonObject): readonly unknown[] =>
  meterValuesIn(payload).flatMap((meterValue) =>
    isJsonObject(meterValue) && meterValue['sampledValue'] !== undefined
      ? asList(meterValue['sampledValue'])
      : [],
  );
