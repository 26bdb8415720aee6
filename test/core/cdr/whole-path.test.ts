import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  hasKnownEnds,
  isEvident,
  registerAt,
  runningCourse,
  showsLaterEnergy,
  type TrueSession,
  trueSession,
} from './true-session.ts';

const runs = { numRuns: 150 };

/** Rounding of ends and readings, in Wh. */
const rounding = 20;

const energyOf = (one: Parameters<typeof cdrOf>[0]) => {
  const cdr = cdrOf(one);
  return { cdr, wh: Math.round(cdr.energyKwh * 1000), isSealed: cdr.total !== null };
};

/** A reading seems possible, and is contradicted by the next: what was shown after it would fall. */
const contradicted: TrueSession = {
  ...{ from: 100_000, watts: 1400, full: 1, gone: 2, stopped: 75, every: 15 },
  ...{
    readings: ['own-counter', 'mark', 'none', 'spike', 'none'],
    atStart: 'true',
    atStop: 'true',
  },
  ...{ hasPower: false, hasCurrent: false, maxPowerW: undefined, follows: undefined },
  goneClock: 'right',
};

describe('a session as it truly was, through decoding, metering and pricing', () => {
  it('no more than the true energy is sealed, and no less where start and stop are known, whatever faults the readings have', () => {
    let sealed = 0;
    fc.assert(
      fc.property(trueSession.filter(isEvident), (one) => {
        const { wh, isSealed } = energyOf(one);
        if (!isSealed) return;
        const truth = registerAt(one, one.stopped) - one.from;
        expect(wh).toBeLessThanOrEqual(truth + rounding);
        if (hasKnownEnds(one)) expect(wh).toBeGreaterThanOrEqual(truth - rounding);
        sealed += 1;
      }),
      runs,
    );
    expect(sealed).toBeGreaterThan(runs.numRuns / 4);
  });

  it('no minute is billed after the cable is gone, whatever the clock of that status, unless the readings show energy then', () => {
    const withoutLaterEnergy = trueSession.filter(
      (one) => hasKnownEnds(one) && !showsLaterEnergy(one),
    );
    fc.assert(
      fc.property(withoutLaterEnergy, (one) => {
        const { cdr, isSealed } = energyOf(one);
        if (!isSealed) return;
        expect(cdr.chargingSeconds + cdr.idleSeconds).toBeLessThanOrEqual(one.gone * 60);
      }),
      runs,
    );
  });

  it('the running energy never falls, and never exceeds what is sealed', () => {
    fc.assert(
      fc.property(trueSession.filter(hasKnownEnds), (one) => {
        const course = runningCourse(one);
        for (const [index, energy] of course.entries()) {
          expect(energy).toBeGreaterThanOrEqual(course[index - 1] ?? 0n);
        }
        const { wh, isSealed } = energyOf(one);
        if (isSealed) expect(Number(course.at(-1)) / 1000).toBeLessThanOrEqual(wh + rounding);
      }),
      { ...runs, examples: [[contradicted]] },
    );
  });
});
