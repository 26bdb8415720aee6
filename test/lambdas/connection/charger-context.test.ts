import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChargerContext,
  contextOf,
  readContext,
} from '../../../lambdas/connection/charger-context.ts';
import type { Charger } from '../../../lambdas/store/chargers/chargers.ts';

const charger: Charger = {
  operatorId: 'op_1',
  chargerId: 'CP-1',
  chargerKey: 'op_1#cp-1',
  shard: 0,
  passwordHash: 'hash',
  connectionTokenHash: 'hash',
  timeZone: 'Europe/Berlin',
  createdAt: '2026-04-14T16:00:00.000Z',
  version: 1,
};

const id = fc.string({ minLength: 1, maxLength: 20 });

const context: fc.Arbitrary<ChargerContext> = fc.record(
  {
    chargerId: id,
    chargerKey: id,
    operatorId: id,
    shard: fc.nat({ max: 1000 }),
    protocol: fc.constantFrom('ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
    tariffId: id,
    maxPowerW: fc.nat({ max: 1_000_000 }),
  },
  {
    requiredKeys: ['chargerId', 'chargerKey', 'operatorId', 'shard', 'protocol', 'timeZone'],
  },
);

/** API Gateway makes a text of every value of an authorizer's context. */
const asTexts = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

describe('the context of a connection', () => {
  it('the context that a charger connected with is read from each of its messages, also where its numbers became texts', () => {
    fc.assert(
      fc.property(context, (given) => {
        expect(readContext({ ...given })).toEqual(given);
        expect(readContext(asTexts(given))).toEqual(given);
      }),
    );
  });

  it.each(['chargerId', 'chargerKey', 'operatorId', 'protocol'])(
    'a context without its %s names no charger',
    (name) => {
      const whole = asTexts(contextOf(charger, 'ocpp1.6', {}));
      const { [name]: _left, ...rest } = whole;

      expect(readContext(whole)).toBeDefined();
      expect(readContext(rest)).toBeUndefined();
      expect(readContext({ ...whole, [name]: '' })).toBeUndefined();
    },
  );

  it('a connection without a context names no charger', () => {
    expect(readContext(null)).toBeUndefined();
    expect(readContext(undefined)).toBeUndefined();
  });

  it('a context has the maximum power of its charger in whole watts, and none where none is registered', () => {
    expect(contextOf({ ...charger, maxPowerKw: '7.3604' }, 'ocpp1.6', {}).maxPowerW).toBe(7360);
    expect(contextOf(charger, 'ocpp1.6', {})).not.toHaveProperty('maxPowerW');
  });

  it('a context carries no secret of its charger', () => {
    expect(JSON.stringify(contextOf(charger, 'ocpp1.6', {}))).not.toContain('hash');
  });
});
