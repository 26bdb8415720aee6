import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import {
  defaultLimits,
  limitAnomalies,
  limitsOf,
  mayExceedLimits,
} from '../../../core/cdr/compute/session-limits.ts';
import { mayBeCeiling, priceCeilings } from '../../../core/tariff/model/price-ceilings.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { decimalOf, formatDecimal } from '../../../core/units/decimal.ts';
import { instant } from '../../../core/units/instant.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, tariff } from './cdr-samples.ts';

const start = Date.parse('2026-03-02T10:00:00Z');
const second = 1000;
const day = 86_400 * second;

/** 7 kWh from 10:00 on, for so long, at so much for each kWh. */
const charged = (
  milliseconds: number,
  price: string,
  { basis = {}, currency = 'EUR' }: { basis?: CdrBasis; currency?: string } = {},
) => {
  const endedAt = new Date(start + milliseconds).toISOString();
  const stop = stoppedEvent({ endedAt, receivedAt: endedAt });
  const elements = [{ priceComponents: [{ type: 'ENERGY', price, stepSize: 0 } as const] }];
  const billed: Tariff = { ...tariff, currency, elements };
  return cdrFromReadings(sessionOf(startedEvent(), stop), billed, [], rules, basis);
};

const codes = ({ anomalies }: ReturnType<typeof charged>) => anomalies.map(({ code }) => code);

const accepted: CdrBasis = {
  decision: { kind: 'accept', decidedAt: '', decidedBy: { apiKeyId: 'key', name: 'Ada' } },
};

/** Every code of three letters that is a currency with decimals of its own. */
const currencies = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((a, _, letters) =>
  letters
    .flatMap((b) => letters.map((c) => a + b + c))
    .filter((code) => currencyDecimals(code) !== undefined),
);

describe('a session that lasts or costs too much', () => {
  it('a session is held if it is longer than a week, and not if it is exactly as long', () => {
    expect(codes(charged(7 * day, '0.50'))).toEqual([]);
    expect(charged(7 * day, '0.50').total).toMatchObject({ exclVat: '3.50' });

    const content = charged(7 * day + second, '0.50');
    expect(content).toMatchObject({ total: null, lines: [], energyKwh: 7 });
    expect(content.anomalies).toEqual([
      {
        code: 'SESSION_TOO_LONG',
        severity: 'error',
        message:
          'The session lasted longer than the operator allows. It lasted 7.1 days; the limit is 7.',
      },
    ]);
  });

  it('a session is held if it costs more than 500 EUR, and its CDR states what it would cost', () => {
    expect(charged(day, '71.42').total).toMatchObject({ inclVat: '499.94' });

    const content = charged(day, '71.43');
    expect(content).toMatchObject({ total: null, unrounded: null, lines: [], periods: [] });
    expect(content.anomalies).toEqual([
      {
        code: 'PRICE_TOO_HIGH',
        severity: 'error',
        message:
          'The price is higher than the operator allows. It is 500.01 EUR; the limit is 500.',
      },
    ]);
  });

  it('a start that is dated more than a year before its stop is held, whatever an operator allows', () => {
    const longest: CdrBasis = { limits: { longestSessionDays: 365, highestPrice: '500' } };
    fc.assert(
      fc.property(fc.integer({ min: 365 * day + 1, max: 4000 * day }), (length) => {
        expect(codes(charged(length, '0.50', { basis: longest }))).toEqual(['SESSION_TOO_LONG']);
      }),
    );
  });

  it('the cost of a session is compared with the ceiling of its own currency', () => {
    expect(charged(day, '100', { currency: 'JPY' }).total).toMatchObject({ inclVat: '700' });
    expect(charged(day, '100', { currency: 'KWD' }).total).toBeNull();
  });

  it('a session above its limits is billed when the operator accepts it, and its CDR still states why it was held', () => {
    const content = charged(8 * day, '71.43', { basis: accepted });

    expect(content.total).toMatchObject({ inclVat: '500.01' });
    expect(codes(content)).toEqual(['PRICE_TOO_HIGH', 'SESSION_TOO_LONG']);
  });

  it('a CDR is verified by the limits in its evidence, not by the defaults', () => {
    const wide: CdrBasis = { limits: { longestSessionDays: 30, highestPrice: '600' } };
    const narrow: CdrBasis = { limits: { longestSessionDays: 1, highestPrice: '50' } };

    expect(charged(8 * day, '71.43', { basis: wide }).total).toMatchObject({ inclVat: '500.01' });
    expect(codes(charged(2 * day, '8', { basis: narrow }))).toEqual(['SESSION_TOO_LONG']);
    expect(codes(charged(day, '8', { basis: narrow }))).toEqual(['PRICE_TOO_HIGH']);
  });
});

describe('the ceiling of a price', () => {
  it('there is a price ceiling for every currency that a tariff can have', () => {
    expect(currencies.length).toBeGreaterThan(150);
    expect(currencies.filter((currency) => !priceCeilings.has(currency))).toEqual([]);
    expect([...priceCeilings.keys()].sort()).toEqual([...currencies].sort());
  });

  // Reference rates of one euro in spring and autumn 2025, rounded.
  it.each([
    ['USD', 1.16],
    ['GBP', 0.87],
    ['CHF', 0.93],
    ['SEK', 11],
    ['NOK', 11.7],
    ['DKK', 7.46],
    ['CZK', 24.4],
    ['PLN', 4.25],
    ['HUF', 390],
    ['JPY', 177],
    ['KRW', 1650],
    ['INR', 102],
    ['CNY', 8.2],
    ['IDR', 19_200],
    ['TRY', 48],
    ['ISK', 142],
    ['BRL', 6.2],
    ['VND', 30_400],
    ['KWD', 0.356],
  ])('the price ceiling is worth between half and twice 500 EUR in %s', (currency, rate) => {
    const euros = Number(priceCeilings.get(currency)) / rate;

    expect(euros).toBeGreaterThan(250);
    expect(euros).toBeLessThan(1000);
  });

  it('a price ceiling is at least a tenth of the default, in the decimals of its currency', () => {
    expect(
      ['50', '50.00', '0050', '1e3', '50.001', '49.99', '-50', '49'].map((amount) =>
        mayBeCeiling('EUR', amount),
      ),
    ).toEqual([true, true, true, true, false, false, false, false]);
    expect(mayBeCeiling('JPY', '10000')).toBe(true);
    expect(mayBeCeiling('JPY', '10000.5')).toBe(false);
    expect(mayBeCeiling('XXX', '500')).toBe(false);
  });

  it('a session within a day and a tenth of the default ceiling is never held, so its settings need not be read', () => {
    const ceiling = fc.constantFrom(...priceCeilings);
    const settings = fc.record({
      days: fc.integer({ min: 1, max: 365 }),
      tenths: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(
        ceiling,
        settings,
        fc.nat(200),
        fc.nat(3 * day),
        ([currency, usual], { days, tenths }, twentieths, length) => {
          const part = (of: number, by: bigint) =>
            formatDecimal((decimalOf(usual, 6) * BigInt(of)) / by, 6);
          const highestPrice = { [currency]: part(tenths, 10n) };
          const total = { currency, exclVat: '0', inclVat: part(twentieths, 20n) };
          const extent = {
            metered: {
              startedAt: instant(BigInt(start)),
              endedAt: instant(BigInt(start + length)),
            },
            price: { total },
          };
          const own = limitsOf({ longestSessionDays: days, highestPrice }, currency);
          const held = [own, limitsOf(defaultLimits, currency)].some(
            (limits) => limitAnomalies(extent, limits).length > 0,
          );

          if (held) expect(mayExceedLimits(extent)).toBe(true);
          if (twentieths <= 2 && length <= day) expect(mayExceedLimits(extent)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
