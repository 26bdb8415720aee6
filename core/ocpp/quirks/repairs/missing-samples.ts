import { isJsonObject, type JsonObject } from '../../json-object.ts';
import { mapMeterValues, meterValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const withSamples = (meterValue: unknown): readonly unknown[] =>
  isJsonObject(meterValue)
    ? [{ ...meterValue, sampledValue: meterValue['sampledValue'] ?? [] }]
    : [];

const needsList = (action: string, payload: JsonObject): boolean =>
  action === 'MeterValues' && payload['meterValue'] === undefined;

/** A meter value, or the whole message, has no values: it says that nothing was measured. */
export const missingSamples = {
  kind: 'repairs',
  name: 'missing-samples',
  applies: (action, payload) =>
    needsList(action, payload) ||
    meterValuesIn(payload).some(
      (meterValue) => !isJsonObject(meterValue) || meterValue['sampledValue'] === undefined,
    ),
  repair: (payload, _raw, action) =>
    needsList(action, payload)
      ? { ...payload, meterValue: [] }
      : mapMeterValues(payload, withSamples),
} as const satisfies Repair;
