import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type {
  Tariff,
  TariffElement,
  TariffRestrictions,
} from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { weekdays } from '../../../core/tariff/rate/conditions.ts';
import { isoInstant } from '../../../core/units/instant.ts';
import { at, meteredOf } from './described-session.ts';

/** Clock changes, some of which skip midnight or shift by half an hour. */
const changes: readonly (readonly [string, string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Africa/Cairo', '2025-04-24T22:00:00Z'],
  ['America/Santiago', '2025-09-07T04:00:00Z'],
  ['Asia/Beirut', '2025-03-29T22:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
];

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30', '45'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`);
const restrictions: fc.Arbitrary<TariffRestrictions> = fc.oneof(
  fc.record({ startTime: time, endTime: time }),
  fc.record({ startTime: time }),
  fc.record({ endTime: time }),
  fc
    .tuple(time, time, fc.subarray([...weekdays], { minLength: 1, maxLength: 4 }))
    .map(([startTime, endTime, dayOfWeek]) => ({ startTime, endTime, dayOfWeek })),
  fc.subarray([...weekdays], { minLength: 1 }).map((dayOfWeek) => ({ dayOfWeek })),
);

/** Whether restrictions hold at a local time by the rules of OCPI, written as plainly as possible with Temporal. */
const holds = (r: TariffRestrictions, local: Temporal.ZonedDateTime): boolean => {
  const day = weekdays[local.dayOfWeek - 1];
  if (r.dayOfWeek !== undefined && day !== undefined && !r.dayOfWeek.includes(day)) return false;
  const now = local.toPlainTime().toString().slice(0, 5);
  const [start, end] = [r.startTime ?? '00:00', r.endTime ?? '00:00'];
  if (start === end && r.startTime !== undefined && r.endTime !== undefined) return true;
  if (end === '00:00') return now >= start;
  return start < end ? now >= start && now < end : now >= start || now < end;
};

describe('priceSession by local time', () => {
  it('priceSession equals a minute-by-minute count with Temporal around every kind of clock change', () => {
    const session = fc.record({
      change: fc.constantFrom(...changes),
      before: fc.integer({ min: 0, max: 1500 }),
      after: fc.integer({ min: 1, max: 1500 }),
      windows: fc.array(restrictions, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(session, ({ change: [zone, moment], before, after, windows }) => {
        const begin = Number(at(moment)) - before * 60_000;
        const minutes = before + after;
        const elements = windows.map(
          (window, index): TariffElement => ({
            priceComponents: [{ type: 'TIME', price: `${60 * 10 ** index}`, stepSize: 0 }],
            restrictions: window,
          }),
        );
        const tariff: Tariff = {
          tariffId: 't',
          version: 1,
          name: 'T',
          currency: 'EUR',
          elements,
          rounding: { mode: 'half-up', scope: 'total' },
        };
        let expected = 0;
        for (let minute = 0; minute < minutes; minute += 1) {
          const instant = Temporal.Instant.fromEpochMilliseconds(begin + minute * 60_000);
          const local = instant.toZonedDateTimeISO(zone);
          const index = windows.findIndex((window) => holds(window, local));
          if (index >= 0) expected += 10 ** index;
        }
        const iso = (ms: number) => new Date(ms).toISOString();
        const metered = meteredOf({
          timeZone: zone,
          startedAt: iso(begin),
          endedAt: iso(begin + minutes * 60_000),
          series: [[iso(begin), '0']],
          activities: [[iso(begin), 'charging']],
        });
        const price = priceSession(tariff, metered, zone);
        expect(Number(price.total.exclVat)).toBe(expected);
        expect(price.periods[0]?.startedAt).toBe(isoInstant(metered.startedAt));
      }),
      { numRuns: 60 },
    );
  });
});
