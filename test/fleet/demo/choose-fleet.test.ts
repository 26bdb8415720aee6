import fc from 'fast-check';
import { expect, it } from 'vitest';
import { protocols } from '../../../core/ocpp/protocol.ts';
import { chooseFleet } from '../../../fleet/demo/choose-fleet.ts';
import type { DemoFleet } from '../../../fleet/demo/demo-memory.ts';
import { demoSpan, endOf, planShifts } from '../../../fleet/demo/scenario.ts';

const firstNow = Date.UTC(2026, 2, 5, 12);

/** Fleets after runs of the demo so many minutes after the previous one, each completed or not. */
const runAll = (pauses: readonly { readonly minutes: number; readonly finished: boolean }[]) => {
  const fleets = new Map<number, DemoFleet>();
  let now = firstNow;
  const runs = pauses.map(({ minutes, finished }) => {
    now += minutes * 60_000;
    const choice = chooseFleet([...fleets.values()], now);
    const chosen =
      choice.kind === 'new'
        ? { fleet: fleets.size + 1, passwords: {}, run: choice.run }
        : choice.fleet;
    fleets.set(chosen.fleet, { ...chosen, run: { ...chosen.run, finished } });
    return {
      kind: choice.kind,
      now,
      shifts: planShifts(chosen.fleet, chosen.run.from, chosen.run.registers),
    };
  });
  return { fleets, runs };
};

const pauses = fc.array(
  fc.record({ minutes: fc.integer({ min: 2, max: 400 }), finished: fc.boolean() }),
  { minLength: 1, maxLength: 20 },
);

it('a demo charger has no overlapping sessions and none in the future, and its register continues', () => {
  fc.assert(
    fc.property(pauses, (given) => {
      const { runs } = runAll(given);
      for (const { shifts, now } of runs) expect(endOf(shifts)).toBeLessThan(now);
      // A run that is carried on sends what it has sent before.
      const fresh = runs.filter(({ kind }) => kind !== 'carry-on').flatMap(({ shifts }) => shifts);
      for (const shiftsOfOne of Map.groupBy(fresh, ({ chargerId }) => chargerId).values()) {
        const plans = shiftsOfOne.flatMap(({ plans }) => plans);
        for (const [index, plan] of plans.entries()) {
          const before = plans[index - 1];
          if (before === undefined) continue;
          expect(plan.startedAt).toBeGreaterThan(before.endedAt);
          expect(plan.registerAtStart).toBe(before.registerAtStart + before.energy);
        }
      }
    }),
  );
});

it('a demo fleet speaks every version of OCPP, and each of its chargers always the same one', () => {
  fc.assert(
    fc.property(pauses, (given) => {
      const { runs } = runAll(given);
      for (const { shifts } of runs) {
        expect(new Set(shifts.map(({ protocol }) => protocol))).toEqual(new Set(protocols));
      }
      const all = runs.flatMap(({ shifts }) => shifts);
      for (const ofOne of Map.groupBy(all, ({ chargerId }) => chargerId).values()) {
        expect(new Set(ofOne.map(({ protocol }) => protocol)).size).toBe(1);
      }
    }),
  );
});

it('an interrupted run is continued unchanged', () => {
  fc.assert(
    fc.property(pauses, (given) => {
      const { runs } = runAll(given);
      for (const [index, { kind, shifts }] of runs.entries()) {
        const interrupted = index > 0 && given[index - 1]?.finished === false;
        expect(kind === 'carry-on').toBe(interrupted);
        if (interrupted) expect(shifts).toEqual(runs[index - 1]?.shifts);
      }
    }),
  );
});

it('a demo charger is used again once its last session is over', () => {
  const { fleets, runs } = runAll(
    [0, 2, 30, demoSpan / 60_000, 2].map((minutes) => ({ minutes, finished: true })),
  );

  expect(runs.map(({ kind }) => kind)).toEqual(['new', 'new', 'new', 'again', 'again']);
  expect(fleets.size).toBe(3);
});
