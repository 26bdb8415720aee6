import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../core/metering/model/metered.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import {
  decimalOf,
  formatDecimal,
  parseDecimal,
  roundDecimal,
} from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';
import { anyStep, decimal, session, someZone, tariffOf } from './arbitraries.ts';

const hour = 3_600_000n;
const cents = (text: string): bigint => decimalOf(text, 2);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

describe('priceSession', () => {
  it('priceSession returns lines that add up to the total, without and with VAT, under any limits and rounding', () => {
    const limits = fc.record({
      minPrice: fc.option(decimal(2000, 2), { nil: undefined }),
      maxPrice: fc.option(decimal(2000, 2), { nil: undefined }),
      scope: fc.constantFrom<'total' | 'component'>('total', 'component'),
      mode: fc.constantFrom<'half-up' | 'half-even'>('half-up', 'half-even'),
      taxIncluded: fc.boolean(),
    });
    fc.assert(
      fc.property(tariffOf(anyStep), limits, session, someZone, (stated, limit, metered, zone) => {
        const tariff: Tariff = {
          ...stated,
          taxIncluded: limit.taxIncluded,
          rounding: { mode: limit.mode, scope: limit.scope },
          ...(limit.minPrice === undefined ? {} : { minPrice: { exclVat: limit.minPrice } }),
          ...(limit.maxPrice === undefined ? {} : { maxPrice: { exclVat: limit.maxPrice } }),
        };
        const { lines, total } = priceSession(tariff, metered, zone);
        expect(sum(lines.map(({ exclVat }) => cents(exclVat)))).toBe(cents(total.exclVat));
        expect(sum(lines.map(({ inclVat }) => cents(inclVat)))).toBe(cents(total.inclVat));
        if (limit.maxPrice !== undefined) {
          expect(cents(total.exclVat) <= cents(limit.maxPrice)).toBe(true);
        } else if (limit.minPrice !== undefined) {
          expect(cents(total.exclVat) >= cents(limit.minPrice)).toBe(true);
        }
      }),
    );
  });

  it('priceSession keeps the total between its limits without VAT and, independently, with VAT', () => {
    const amount = fc.integer({ min: 0, max: 2000 }).map(BigInt);
    const range = fc.tuple(amount, amount).map(([a, b]): readonly [bigint, bigint] => {
      const ascending = a < b;
      return ascending ? [a, b] : [b, a];
    });
    const clamp = (value: bigint, [least, most]: readonly [bigint, bigint]): bigint => {
      if (value < least) return least;
      return value > most ? most : value;
    };
    fc.assert(
      fc.property(
        tariffOf(anyStep),
        range,
        range,
        session,
        someZone,
        (stated, excl, incl, metered, zone) => {
          const limit = (at: 0 | 1) => ({
            exclVat: formatDecimal(excl[at], 2),
            inclVat: formatDecimal(incl[at], 2),
          });
          const limited: Tariff = { ...stated, minPrice: limit(0), maxPrice: limit(1) };
          const before = priceSession(stated, metered, zone).total;
          const { total } = priceSession(limited, metered, zone);
          expect(cents(total.exclVat)).toBe(clamp(cents(before.exclVat), excl));
          expect(cents(total.inclVat)).toBe(clamp(cents(before.inclVat), incl));
        },
      ),
    );
  });

  it('priceSession returns periods that cover the session without gaps and lose no energy', () => {
    fc.assert(
      fc.property(tariffOf(anyStep), session, someZone, (tariff, metered, zone) => {
        const { periods } = priceSession(tariff, metered, zone);
        expect(sum(periods.map(({ energyKwh }) => decimalOf(String(energyKwh), 6)))).toBe(
          metered.energy,
        );
        for (const [index, period] of periods.entries()) {
          const next = periods[index + 1];
          if (next !== undefined) expect(next.startedAt).toBe(period.endedAt);
        }
        expect(Date.parse(periods[0]?.startedAt ?? '')).toBe(Number(metered.startedAt));
        expect(Date.parse(periods.at(-1)?.endedAt ?? '')).toBe(Number(metered.endedAt));
      }),
    );
  });

  it('priceSession returns the same price when an additional reading splits a period', () => {
    fc.assert(
      fc.property(
        tariffOf(anyStep),
        session,
        someZone,
        fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 5 }),
        (tariff, metered, zone, cuts) => {
          const series = [...metered.series];
          for (const cut of cuts) {
            const index = cut % (series.length - 1);
            const [before, after] = [series[index], series[index + 1]];
            if (before === undefined || after === undefined) continue;
            const span = after.at - before.at;
            const time = (span * BigInt(cut)) / 1000n;
            if (span === 0n) continue;
            const gained = ((after.energy - before.energy) / span) * time;
            const point = {
              at: instant(before.at + time),
              energy: milliWattHours(before.energy + gained),
            };
            series.splice(index + 1, 0, point);
          }
          const finer = priceSession(tariff, { ...metered, series }, zone);
          expect(finer).toEqual(priceSession(tariff, metered, zone));
        },
      ),
    );
  });

  it('priceSession returns the same price when an activity is reported twice', () => {
    fc.assert(
      fc.property(tariffOf(anyStep), session, someZone, fc.nat(), (tariff, metered, zone, cut) => {
        const index = cut % metered.activities.length;
        const told = metered.activities[index];
        if (told === undefined) return;
        const next = metered.activities[index + 1]?.from ?? metered.endedAt;
        const again: Activity = { kind: told.kind, from: instant((told.from + next) / 2n) };
        const activities = metered.activities.toSpliced(index + 1, 0, again);
        const retold = priceSession(tariff, { ...metered, activities }, zone);
        expect(retold).toEqual(priceSession(tariff, metered, zone));
      }),
    );
  });

  it('priceSession never charges less for more energy in the same time when no price depends on energy or power', () => {
    const flatRates = tariffOf(anyStep).map((tariff) => ({
      ...tariff,
      // A price that depends on energy or power may be lower when more energy was taken.
      elements: tariff.elements.filter(({ restrictions: r = {} }) =>
        [r.minKwh, r.maxKwh, r.minPower, r.maxPower].every((bound) => bound === undefined),
      ),
    }));
    fc.assert(
      fc.property(
        flatRates,
        session,
        someZone,
        fc.bigInt({ min: 1n, max: 5n }),
        (tariff, metered, zone, factor) => {
          const more = {
            ...metered,
            energy: milliWattHours(metered.energy * factor),
            series: metered.series.map(({ at, energy }) => ({
              at,
              energy: milliWattHours(energy * factor),
            })),
          };
          const [less, most] = [metered, more].map((taken) =>
            cents(priceSession(tariff, taken, zone).total.exclVat),
          );
          expect((most ?? 0n) >= (less ?? 0n)).toBe(true);
        },
      ),
    );
  });

  it('priceSession is exact before rounding under a tariff without restrictions', () => {
    fc.assert(
      fc.property(
        decimal(2_000_000, 6),
        decimal(2_000_000, 6),
        session,
        (perKwh, perHour, metered) => {
          const tariff: Tariff = {
            tariffId: 't',
            version: 1,
            name: 'T',
            currency: 'EUR',
            elements: [
              {
                priceComponents: [
                  { type: 'ENERGY', price: perKwh, vat: '19', stepSize: 0 },
                  { type: 'TIME', price: perHour, vat: '19', stepSize: 0 },
                  { type: 'PARKING_TIME', price: perHour, vat: '19', stepSize: 0 },
                ],
              },
            ],
            rounding: { mode: 'half-up', scope: 'total' },
          };
          const time = metered.endedAt - metered.startedAt;
          const exact =
            decimalOf(perKwh, 6) * metered.energy * hour + decimalOf(perHour, 6) * time * 10n ** 6n;
          const scale = hour * 10n ** 12n;
          const inCents = (exact * 100n * 2n + scale) / (scale * 2n);
          const withVat = (exact * 119n * 2n + scale) / (scale * 2n);
          const { total, unrounded } = priceSession(tariff, metered, 'UTC');
          expect(cents(total.exclVat)).toBe(inCents);
          expect(cents(total.inclVat)).toBe(withVat);
          const printed = parseDecimal(unrounded.exclVat) ?? { digits: 0n, decimals: 0 };
          expect(roundDecimal(printed, 12)).toBe((exact * 2n + hour) / (hour * 2n));
        },
      ),
    );
  });

  it('priceSession adds VAT per rate and none where no rate is stated', () => {
    fc.assert(
      fc.property(tariffOf(anyStep), session, someZone, (tariff, metered, zone) => {
        const { lines } = priceSession(tariff, metered, zone);
        for (const vat of new Set(lines.map(({ vatPercent }) => vatPercent))) {
          const group = lines.filter(({ vatPercent }) => vatPercent === vat);
          const excl = sum(group.map(({ exclVat }) => cents(exclVat)));
          const incl = sum(group.map(({ inclVat }) => cents(inclVat)));
          const rate = vat === null ? 0n : decimalOf(vat, 4);
          const one = 10n ** 6n;
          const off = incl * one - excl * (one + rate);
          // Both are at most half a cent off; the error of the amount without VAT is scaled by the VAT.
          expect(off <= one + rate / 2n && -off <= one + rate / 2n).toBe(true);
          if (vat === null) expect(incl).toBe(excl);
        }
      }),
    );
  });
});
