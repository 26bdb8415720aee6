import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PricedHours,
  timeOfUseTariff,
} from '../../../core/tariff/forms/time-of-use-tariff.ts';
import type { Weekday } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { weekdays } from '../../../core/tariff/rate/conditions.ts';
import { meteredOf } from './described-session.ts';

const minute = 60_000;
const monday = Date.UTC(2026, 2, 9);
const iso = (minutes: number): string => new Date(monday + minutes * minute).toISOString();
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '20', '45'))
  .map(([hour, part]) => `${String(hour).padStart(2, '0')}:${part}`);
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const dayOf = (minutes: number): Weekday => weekdays[Math.floor(minutes / 1440) % 7] ?? 'MONDAY';

/** Whether hours hold at a minute since a Monday's midnight, by what their form says. */
const hold = ({ from, to, days = weekdays }: PricedHours, minutes: number): boolean => {
  const [begin, end] = [minuteOf(from), to === '00:00' ? 1440 : minuteOf(to)];
  const now = minutes % 1440;
  const [today, yesterday] = [dayOf(minutes), dayOf(minutes + 6 * 1440)];
  if (from === to) return days.includes(today);
  if (end > begin) return now >= begin && now < end && days.includes(today);
  return (now >= begin && days.includes(today)) || (now < end && days.includes(yesterday));
};

/** A session that takes 1 kWh in each minute until it is full, and idles then until it ends. */
const sessionOf = (from: number, charges: number, idles: number) => {
  const [full, end] = [from + charges, from + charges + idles];
  return meteredOf({
    timeZone: 'UTC',
    startedAt: iso(from),
    endedAt: iso(end),
    series: [
      [iso(from), '0'],
      [iso(full), String(charges)],
      [iso(end), String(charges)],
    ],
    activities: [
      [iso(from), 'charging'],
      [iso(full), 'idle'],
    ],
  });
};

const form = { name: 'T', currency: 'EUR' };
const tariffOf = (terms: Omit<Parameters<typeof timeOfUseTariff>[0], 'name' | 'currency'>) => ({
  tariffId: 't',
  version: 1,
  ...timeOfUseTariff({ ...form, ...terms }),
});

const totalOf = (tariff: ReturnType<typeof tariffOf>, session: ReturnType<typeof sessionOf>) =>
  Number(priceSession(tariff, session, 'UTC').total.exclVat);

describe('a cap on idle time in a tariff whose hours are free', () => {
  it('only minutes that cost something use up the cap, after a grace period that runs in free hours, too', () => {
    const session = fc.record({
      from: fc.integer({ min: 0, max: 1439 }),
      charges: fc.integer({ min: 1, max: 300 }),
      idles: fc.integer({ min: 0, max: 1500 }),
      grace: fc.constantFrom(undefined, 0, 30, 240),
      cap: fc.constantFrom(undefined, 0, 1, 60, 120, 600),
      free: fc.record({ from: time, to: time }),
      idle: fc.constantFrom('0', '3'),
    });
    fc.assert(
      fc.property(session, ({ from, charges, idles, grace = 0, cap, free, idle }) => {
        const hours = [{ ...free, idlePerMinute: idle }];
        const tariff = tariffOf({
          perKwh: '1',
          idlePerMinute: '2',
          hours,
          idleGraceMinutes: grace,
          ...(cap !== undefined && { idleCapMinutes: cap }),
        });
        const costs = Array.from({ length: Math.max(idles - grace, 0) }, (_, n) =>
          hours.some((one) => hold(one, from + charges + grace + n)) ? Number(idle) : 2,
        ).filter((cost) => cost > 0);
        const expected = costs.slice(0, cap).reduce((sum, cost) => sum + cost, charges);
        expect(totalOf(tariff, sessionOf(from, charges, idles))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('a night that is free leaves the cap to the morning', () => {
    const hours = [{ from: '22:00', to: '06:00', idlePerMinute: '0' }];
    const tariff = tariffOf({ perKwh: '1', idlePerMinute: '0.10', idleCapMinutes: 120, hours });

    expect(totalOf(tariff, sessionOf(20 * 60, 60, 12 * 60))).toBe(60 + 12);
    expect(totalOf({ ...tariff, idleGraceMinutes: 240 }, sessionOf(20 * 60, 60, 12 * 60))).toBe(72);
  });
});

describe('hours that overlap', () => {
  const price = fc.constantFrom(undefined, '0', '1', '3');
  const prices = { perKwh: price, perMinute: price, idlePerMinute: price };
  const hours: fc.Arbitrary<PricedHours> = fc
    .record(
      {
        from: time,
        to: time,
        days: fc.subarray([...weekdays], { minLength: 1 }),
        ...prices,
      },
      { requiredKeys: ['from', 'to', 'perKwh', 'perMinute', 'idlePerMinute'] },
    )
    .filter(
      ({ perKwh, perMinute, idlePerMinute }) =>
        (perKwh ?? perMinute ?? idlePerMinute) !== undefined,
    )
    .map((one) => JSON.parse(JSON.stringify(one)) as PricedHours);

  it('the first hours in the list that hold price a minute, and what they leave out costs what it costs outside of all hours', () => {
    const session = fc.record({
      from: fc.integer({ min: 0, max: 7 * 1440 }),
      charges: fc.integer({ min: 1, max: 200 }),
      idles: fc.integer({ min: 0, max: 200 }),
      base: fc
        .record(prices)
        .map(
          (one) => JSON.parse(JSON.stringify(one)) as Partial<Record<keyof typeof prices, string>>,
        ),
      list: fc.array(hours, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(session, ({ from, charges, idles, base, list }) => {
        const tariff = tariffOf({ ...base, hours: list });
        let expected = 0;
        for (let n = from; n < from + charges + idles; n += 1) {
          const first = list.find((one) => hold(one, n));
          const idle =
            first?.idlePerMinute ?? base.idlePerMinute ?? first?.perMinute ?? base.perMinute;
          const charging =
            Number(first?.perKwh ?? base.perKwh ?? 0) +
            Number(first?.perMinute ?? base.perMinute ?? 0);
          expected += n < from + charges ? charging : Number(idle ?? 0);
        }
        expect(totalOf(tariff, sessionOf(from, charges, idles))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('the night of a weekend has the prices of the night alone where it comes first', () => {
    const tariff = tariffOf({
      perKwh: '0.50',
      perMinute: '0.10',
      hours: [
        { from: '22:00', to: '06:00', perKwh: '0.20' },
        { from: '00:00', to: '24:00', days: ['SATURDAY', 'SUNDAY'], perMinute: '0.50' },
      ],
    });

    // Saturday from 23:00 on: 60 kWh at 0.20 and 60 minutes at 0.10.
    expect(totalOf(tariff, sessionOf(5 * 1440 + 23 * 60, 60, 0))).toBe(18);
  });

  it('hours that do not overlap state their own prices alone', () => {
    const { elements } = tariffOf({
      perKwh: '0.50',
      perMinute: '0.10',
      hours: [
        { from: '22:00', to: '06:00', perKwh: '0.20' },
        { from: '06:00', to: '22:00', days: ['SUNDAY'], perMinute: '0.50' },
      ],
    });

    expect(elements.map(({ priceComponents }) => priceComponents.map(({ type }) => type))).toEqual([
      ['ENERGY'],
      ['TIME', 'PARKING_TIME'],
      ['ENERGY', 'TIME', 'PARKING_TIME'],
    ]);
  });
});
