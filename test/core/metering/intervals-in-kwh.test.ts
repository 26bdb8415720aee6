import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  type IntervalSession,
  intervalSession,
  measuredBy,
  proposes,
  type Report,
  trueEnergy,
  trueReports,
} from './interval-sessions.ts';
import { codes } from './measured-by-minute.ts';

/** The intervals in kWh, with no unit, which means Wh. */
const inKwh = (one: IntervalSession): readonly Report[] =>
  one.percents.map((_, n) => [
    (n + 1) * one.pace,
    {
      value: (between(one, n, n + 1) / 1000).toFixed(3),
      measurand: 'Energy.Active.Import.Interval',
    },
  ]);

const charging = intervalSession.map((one) => ({
  ...one,
  percents: one.percents.filter((percent) => percent > 0),
}));

describe('intervals in kWh that are labelled Wh', () => {
  it('intervals in kWh are named and held while the vehicle charges, and their energy is proposed', () => {
    fc.assert(
      fc.property(charging, (one) => {
        const metered = measuredBy(one, inKwh(one), {}, ['charging']);

        expect(codes(metered)).toContain('UNIT_KWH_AS_WH');
        expect(proposes(metered, trueEnergy(one))).toBe(true);
      }),
    );
  });

  it('intervals are not suspected where they are in Wh', () => {
    fc.assert(
      fc.property(charging, (one) => {
        expect(codes(measuredBy(one, trueReports(one), {}, ['charging']))).toEqual([]);
      }),
    );
  });
});
