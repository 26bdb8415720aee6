import type { JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

const registers = ['meterStart', 'meterStop'] as const;

const fractionsOf = (payload: JsonObject): readonly string[] =>
  registers.filter((name) => typeof payload[name] === 'number' && !Number.isInteger(payload[name]));

/** meterStart or meterStop has decimals: whole Wh are kept, as the standard wants them, the rest is cut off. */
export const fractionalRegister = {
  kind: 'repairs',
  name: 'fractional-register',
  applies: (_action, payload) => fractionsOf(payload).length > 0,
  repair: (payload) => ({
    ...payload,
    ...Object.fromEntries(
      fractionsOf(payload).map((name) => [name, Math.trunc(Number(payload[name]))]),
    ),
  }),
} as const satisfies Repair;
