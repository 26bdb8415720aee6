import { describe, expect, it } from 'vitest';
import {
  codes,
  endsMessage,
  known,
  perKwh,
  recordOf,
  signedContent,
  signedEnds,
  signedOnly,
  signedSample,
  stopMessage,
} from './signed-samples.ts';

const ends = signedEnds();
const whole = endsMessage(ends);

describe('a tariff that requires signed values', () => {
  const timed = { type: 'TIME', price: '1', stepSize: 1 } as const;
  const energy = (price: string) => ({ type: 'ENERGY', price, stepSize: 0 }) as const;
  const withStatus = (start: string, stop: string) =>
    endsMessage([
      recordOf('B', 0, '1.000', { reading: { TM: `2026-03-02T11:00:00,000+0100 ${start}` } }),
      recordOf('E', 60, '8.005', { reading: { TM: `2026-03-02T12:00:00,000+0100 ${stop}` } }),
    ]);
  const hourly = { ...signedOnly, elements: [{ priceComponents: [energy('0.4'), timed] }] };
  const cheapAt = (endTime: string) => ({
    ...signedOnly,
    elements: [
      { priceComponents: [energy('0.2')], restrictions: { startTime: '00:00', endTime } },
      { priceComponents: [energy('0.4')] },
    ],
  });

  it('a tariff that requires signed values bills by them', () => {
    expect(signedContent([whole], known, signedOnly)).toMatchObject({
      energyKwh: 7.005,
      total: { exclVat: '2.80' },
      anomalies: [],
    });
  });

  it.each([
    ['there are none', [], known],
    ['no key is known', [whole], {}],
    ['there is only a start', [stopMessage([signedSample(ends[0])])], known],
    ['the format is not verified', [stopMessage([signedSample('AP;0;3;ABCDEFGHIJKLMNOP')])], known],
  ])('a tariff that requires signed values holds the session when %s', (_about, stored, basis) => {
    const content = signedContent(stored, basis, signedOnly);

    expect(codes(content)).toContain('SIGNED_REQUIRED');
    expect(content).toMatchObject({ total: null, lines: [] });
  });

  it.each([
    ['time', hourly, 'S', 'S', []],
    ['time', hourly, 'I', 'R', []],
    ['time', hourly, 'I', 'I', ['SIGNED_TIME_UNTRUSTED']],
    ['time', hourly, 'U', 'S', ['SIGNED_TIME_UNTRUSTED']],
    ['the clock', cheapAt('23:59'), 'S', 'S', []],
    ['the clock', cheapAt('23:59'), 'I', 'R', ['SIGNED_TIME_UNTRUSTED']],
    ['energy alone', signedOnly, 'U', 'U', []],
  ])(
    "a tariff that requires signed values and prices by %s depends on the precision of the meter's clock (%#)",
    (_by, tariff, start, stop, wanted) => {
      const content = signedContent([withStatus(start, stop)], known, tariff);

      expect(codes(content)).toEqual(wanted);
      expect(content.total === null).toBe(wanted.length > 0);
    },
  );

  it('a tariff that requires signed values holds the session if the price of energy changes at an unsigned moment', () => {
    const content = signedContent([whole], known, cheapAt('11:30'));

    expect(codes(content)).toEqual(['SIGNED_COURSE_MISSING']);
    expect(content.total).toBeNull();
  });

  it('a tariff that requires signed values ignores a change of the energy price after the last energy', () => {
    const full = {
      key: '2026-03-02T10:45:00.000Z#meter#1',
      kind: 'meter',
      evseId: 1,
      connectorId: 1,
      receivedAt: '2026-03-02T10:45:01.000Z',
      raw: JSON.stringify({
        connectorId: 2,
        transactionId: 7,
        meterValue: [{ timestamp: '2026-03-02T10:45:00Z', sampledValue: [{ value: '8000' }] }],
      }),
    } as const;
    const exact = endsMessage([ends[0], recordOf('E', 60, '8.000')]);

    expect(signedContent([full, exact], known, cheapAt('11:50'))).toMatchObject({
      total: { exclVat: '1.40' },
      anomalies: [],
    });
  });

  it('a tariff that requires signed values prices energy tiers by the signed total', () => {
    const tiered = {
      ...signedOnly,
      elements: [
        { priceComponents: [energy('0.2')], restrictions: { maxKwh: '5' } },
        { priceComponents: [energy('0.4')] },
      ],
    };

    expect(signedContent([whole], known, tiered)).toMatchObject({
      total: { exclVat: '1.80' },
      anomalies: [],
    });
  });

  it('a tariff that does not require signed values does not depend on signed times', () => {
    const { requireSignedValues: _not, ...anyValues } = hourly;

    expect(codes(signedContent([withStatus('U', 'U')], known, anyValues))).toEqual([]);
    expect(codes(signedContent([], {}, perKwh))).toEqual([]);
  });
});
