import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant } from '../../../core/units/instant.ts';
import { pointsOfLate, pointsOfLatest, type Report } from '../../../core/uptime/note-report.ts';
import { reportedStates } from '../../../core/uptime/reported-state.ts';
import { stateIntervals } from '../../../core/uptime/state-intervals.ts';

const timeOf = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
const reports = fc.array(
  fc.record({ at: fc.nat({ max: 8 }).map(timeOf), state: fc.constantFrom(...reportedStates) }),
  { minLength: 1, maxLength: 8 },
);
const window = {
  from: instant(BigInt(Date.parse(timeOf(0)))),
  to: instant(BigInt(Date.parse(timeOf(10)))),
};

const statesOf = (points: readonly Report[]) => {
  const connector = points.map(({ at, state }) => ({
    at: instant(BigInt(Date.parse(at))),
    state,
  }));
  const history = { connector, charger: [], offline: [], aside: [] };
  const intervals = stateIntervals(history, window);
  return intervals
    .filter(({ state }, index) => intervals[index - 1]?.state !== state)
    .map(({ from, state }) => ({ from, state }));
};

/** Everything that is kept of reports that come in this order. */
function keptOf(order: readonly Report[]): readonly Report[] {
  const kept: Report[] = [];
  const seen: Report[] = [];
  let latest: Report | undefined;
  for (const report of order) {
    seen.push(report);
    if (latest !== undefined && report.at < latest.at) {
      const next = seen
        .filter(({ at }) => at > report.at)
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
      kept.push(...pointsOfLate(report, next));
    } else {
      kept.push(...pointsOfLatest(report, latest));
      latest = report;
    }
  }
  return kept;
}

it('whatever order reports come in, and however often, what is kept says the same as all of them', () => {
  const orders = reports.chain((some) =>
    fc.record({
      some: fc.constant(some),
      order: fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 }),
    }),
  );
  fc.assert(
    fc.property(orders, ({ some, order }) => {
      expect(statesOf(keptOf(order))).toEqual(statesOf(some));
    }),
  );
});

it('a connector that works keeps one point, however many sessions it has', () => {
  const working = Array.from(
    { length: 50 },
    (_none, minute): Report => ({ at: timeOf(minute), state: 'up' }),
  );
  expect(keptOf(working)).toEqual([working[0]]);
});
