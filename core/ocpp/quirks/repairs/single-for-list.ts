import { isJsonObject } from '../../json-object.ts';
import { mapSampledValues, meterValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const isSingle = (value: unknown): boolean => value !== undefined && !Array.isArray(value);

/** `meterValue` or `sampledValue` is one object instead of a list: it becomes a list of one. */
export const singleForList = {
  kind: 'repairs',
  name: 'single-for-list',
  applies: (_action, payload) =>
    isSingle(payload['meterValue']) ||
    isSingle(payload['transactionData']) ||
    meterValuesIn(payload).some(
      (meterValue) => isJsonObject(meterValue) && isSingle(meterValue['sampledValue']),
    ),
  repair: (payload) => mapSampledValues(payload, (sampledValue) => [sampledValue]),
} as const satisfies Repair;
