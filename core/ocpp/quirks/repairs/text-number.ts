import type { JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

const numbers = [
  'connectorId',
  'transactionId',
  'meterStart',
  'meterStop',
  'reservationId',
] as const;

const decimal = /^\s*[+-]?\d+(?:\.\d+)?\s*$/;

const isTextNumber = (value: unknown): boolean => typeof value === 'string' && decimal.test(value);

const textNumbersOf = (payload: JsonObject): readonly string[] =>
  numbers.filter((name) => isTextNumber(payload[name]));

/** A number is written as text, as in `"transactionId": "17"`: it becomes a number. */
export const textNumber = {
  kind: 'repairs',
  name: 'text-number',
  applies: (_action, payload) => textNumbersOf(payload).length > 0,
  repair: (payload) => ({
    ...payload,
    ...Object.fromEntries(textNumbersOf(payload).map((name) => [name, Number(payload[name])])),
  }),
} as const satisfies Repair;
