import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampledValue } from '../../../core/metering/model/reading.ts';
import {
  between,
  type IntervalSession,
  interval,
  intervalSession,
  isAbout,
  isRight,
  measuredBy,
  type Report,
  reportedAt,
  trueEnergy,
  trueReports,
} from './interval-sessions.ts';
import { codes } from './measured-by-minute.ts';

const runs = { numRuns: 200 };

/** Places of lost reports; the last one comes with the stop. */
const lostPlaces = fc.uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 1, maxLength: 12 });

/** A quarter of the reports of a session at most is lost, while the vehicle charges before and after. */
const withLost = fc.tuple(intervalSession, lostPlaces).map(([one, places]) => {
  const charged = one.percents.filter((percent) => percent > 0).length;
  const lost = places
    .filter((place) => place > 0 && place < charged - 2)
    .slice(0, Math.floor(charged / 4));
  return { one, lost: new Set(lost) };
});

const powerOf = ({ watts }: IntervalSession, percent: number): Partial<SampledValue> => ({
  value: String((watts * percent) / 100),
  measurand: 'Power.Active.Import',
});

describe('lost intervals', () => {
  it('a session of which intervals are lost is held, unless next to nothing is missing', () => {
    fc.assert(
      fc.property(withLost, ({ one, lost }) => {
        const metered = measuredBy(
          one,
          trueReports(one).filter((_, n) => !lost.has(n)),
        );

        expect(isRight(metered, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });

  it('five of sixty intervals of a minute are missed', () => {
    const one: IntervalSession = {
      watts: 7000,
      pace: 60,
      percents: new Array<number>(60).fill(100),
      late: [],
      maxPowerW: 22_000,
    };
    const some = trueReports(one).filter((_, n) => (n + 1) % 10 !== 0 || n === 59);

    expect(codes(measuredBy(one, some))).toEqual(['INTERVAL_INCOMPLETE']);
  });

  it('an interval that has the energy of those that were left out misses nothing', () => {
    fc.assert(
      fc.property(withLost, ({ one, lost }) => {
        const kept = one.percents.map((_, n) => n).filter((n) => !lost.has(n));
        const reports = kept.map((n, place): Report => {
          const from = (kept[place - 1] ?? -1) + 1;
          return [reportedAt(one, n + 1), interval(between(one, from, n + 1))];
        });
        const metered = measuredBy({ ...one, maxPowerW: undefined }, reports);

        // Where the gap is no longer than a charger may be late: see `INTERVAL_INCOMPLETE`.
        fc.pre(one.pace === 60 && lost.size < 3);
        expect(metered.hold).toBe(false);
        expect(isAbout(metered.energy, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });

  it('every other interval lost is as a longer cadence, which the measured power contradicts', () => {
    fc.assert(
      fc.property(
        intervalSession.filter((one) => one.pace < 900 && trueEnergy(one) > 3000),
        (one) => {
          const whole = one.percents.filter((percent) => percent > 0);
          const even = { ...one, percents: whole.slice(0, whole.length - (whole.length % 2)) };
          const reports = trueReports({ ...even, late: [] })
            .map(
              ([seconds, ...values], n): Report => [
                seconds,
                ...values,
                powerOf(even, even.percents[n] ?? 0),
              ],
            )
            .filter((_, n) => n % 2 === 1);
          const metered = measuredBy(even, reports);

          expect(codes(metered)).toContain('ENERGY_CONTRADICTED');
        },
      ),
      runs,
    );
  });
});
