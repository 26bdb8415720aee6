import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActivityEvidence,
  activitiesOf,
} from '../../../core/metering/energy/activities-of.ts';
import { noPoints } from '../../../core/metering/points/points.ts';
import {
  type ShownActivity,
  statePoint,
  statePointsOf,
} from '../../../core/metering/points/state-points.ts';
import { physicalBound } from '../../../core/metering/register/physical-bound.ts';
import type { SessionWindow } from '../../../core/metering/register/session-window.ts';
import { decodeRunning, encodeRunning } from '../../../core/session/encode-running.ts';
import { at, course, minute, stoppedAfter, wattHour } from './by-minute.ts';

const states = (...shown: readonly (readonly [number, ShownActivity])[]) =>
  shown.map(([minutes, shows]) => statePoint(at(minutes), shows));

const shownBy = (evidence: Partial<ActivityEvidence>, window: SessionWindow = stoppedAfter(60)) =>
  activitiesOf(window, { states: [], series: [], power: [], ...evidence }).map(({ from, kind }) => [
    Number((from - at(0)) / minute),
    kind,
  ]);

const charging = [0, 'charging'];

/** All of the energy in the first half hour, and readings to the end. */
const flat: Partial<ActivityEvidence> = {
  series: course([0, 0n], [30, 7000n * wattHour], [60, 7000n * wattHour]),
  shownTo: at(60),
};

describe('idle time by the states of the connector', () => {
  it('idle time begins with the session if the vehicle waits from the start', () => {
    expect(shownBy({ states: states([0, 'idle'], [20, 'charging']) })).toEqual([
      [0, 'idle'],
      [20, 'charging'],
    ]);
  });

  it.each<[string, readonly (readonly [number, ShownActivity])[]]>([
    ['says nothing of the vehicle', [[10, 'neither']]],
    ['comes before the session', [[-1, 'charging']]],
    ['comes behind the session', [[61, 'charging']]],
  ])('idle time is determined by energy if every connector state %s', (_words, shown) => {
    expect(shownBy({ ...flat, states: states(...shown) })).toEqual([charging, [30, 'idle']]);
  });

  it.each([0, 60])(
    'a connector state of minute %i alone takes precedence over energy',
    (minutes) => {
      expect(shownBy({ ...flat, states: states([minutes, 'charging']) })).toEqual([charging]);
    },
  );

  const bound = physicalBound(11_000);

  it('a span is not idle if it draws more than a standby, whatever the connector states', () => {
    const shown = states([10, 'idle'], [40, 'charging']);
    const drawn = (wh: bigint) =>
      shownBy({
        states: shown,
        series: course([0, 0n], [15, 1000n * wattHour], [30, (1000n + wh) * wattHour]),
        ...(bound && { bound }),
      });
    // 100 W over a quarter of an hour are 25 Wh, which may be electronics.
    expect(drawn(25n)).toEqual([charging, [10, 'idle'], [40, 'charging']]);
    expect(drawn(26n)).toEqual([
      charging,
      [10, 'idle'],
      [15, 'charging'],
      [30, 'idle'],
      [40, 'charging'],
    ]);
  });

  it('idle time remains as long as its energy fits into the rest of the span, to the last mWh', () => {
    const most = bound?.(10n * minute) ?? 0n;
    const drawn = (energy: bigint) =>
      shownBy({
        states: states([10, 'idle']),
        series: course([0, 0n], [60, energy]),
        ...(bound && { bound }),
      });
    expect(drawn(most)).toEqual([charging, [10, 'idle']]);
    expect(drawn(most + 1n)).toEqual([charging]);
  });

  it('idle time of another span neither makes room for energy nor is interrupted by it', () => {
    const most = bound?.(10n * minute) ?? 0n;
    expect(
      shownBy({
        states: states([10, 'idle'], [20, 'charging'], [40, 'idle']),
        series: course([0, 0n], [20, most + 1n], [60, most + 1n]),
        ...(bound && { bound }),
      }),
    ).toEqual([charging, [40, 'idle']]);
  });
});

describe('idle time by the energy', () => {
  it('idle time by energy requires a reading that shows it', () => {
    const { shownTo: _shownTo, ...unshown } = flat;
    expect(shownBy(unshown)).toEqual([charging]);
    expect(shownBy(flat)).toEqual([charging, [30, 'idle']]);
  });

  it('idle time by energy requires more than 15 minutes', () => {
    const shown = (to: number) =>
      shownBy({ ...flat, shownTo: at(to) }, stoppedAfter(Math.max(to, 30)));
    expect(shown(45)).toEqual([charging]);
    expect(shown(46)).toEqual([charging, [30, 'idle']]);
  });

  it('a reading after the end of a session shows no idle time', () => {
    expect(shownBy(flat, stoppedAfter(40))).toEqual([charging]);
  });

  it('idle time by energy ends with the last reading', () => {
    expect(shownBy(flat, stoppedAfter(90))).toEqual([charging, [30, 'idle'], [60, 'charging']]);
  });

  it('idle time by energy begins when no more than a standby is drawn', () => {
    const drawn = (wh: bigint) =>
      shownBy({
        series: course([0, 0n], [30, 7000n * wattHour], [60, (7000n + wh) * wattHour]),
        shownTo: at(60),
      });
    expect(drawn(50n)).toEqual([charging, [30, 'idle']]);
    expect(drawn(51n)).toEqual([charging]);
  });

  it.each([
    ['during it', 45, 100_001n, [charging]],
    ['at its end', 60, 100_001n, [charging]],
    ['no more than a standby', 45, 100_000n, [charging, [30, 'idle']]],
    ['before it', 20, 7_000_000n, [charging, [30, 'idle']]],
    ['in the instant it begins', 30, 7_000_000n, [charging, [30, 'idle']]],
    ['behind the session', 61, 7_000_000n, [charging, [30, 'idle']]],
  ])('idle time by energy also considers power: %s', (_words, minutes, value, expected) => {
    expect(shownBy({ ...flat, power: [{ at: at(minutes), value }] })).toEqual(expected);
  });

  it('there is no idle time by energy before the first energy or while the session is active', () => {
    const never = course([0, 0n], [60, 0n]);
    expect(shownBy({ series: never, shownTo: at(60) })).toEqual([charging]);
    expect(shownBy(flat, { ...stoppedAfter(60), stopped: false })).toEqual([charging]);
  });
});

describe('states at one time', () => {
  const kinds = ['charging', 'suspended-by-vehicle', 'preparing'] as const;

  it('of states that a charger dates in the same second the one that came last holds, in any order and any number of times', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...kinds], { minLength: 2 }),
        fc.boolean(),
        (statuses, isRepeated) => {
          const second = Number(at(5));
          const taken = statuses.map((status, n) => ({
            timestamp: new Date(second).toISOString(),
            receivedAt: second + 100 * (n + 1),
            status,
          }));
          const again = isRepeated
            ? taken.map((one) => ({ ...one, receivedAt: one.receivedAt + 5000 }))
            : [];
          const shows = (states: typeof taken) => statePointsOf(states).at(-1)?.shows;
          const expected = shows(taken.slice(-1));

          expect(shows([...again, ...taken.toReversed()])).toBe(expected);
          expect(
            decodeRunning(
              encodeRunning({ points: noPoints, states: statePointsOf(taken) }),
            ).states.at(-1)?.shows,
          ).toBe(expected);
        },
      ),
    );
  });
});
