import { describe, expect, it } from 'vitest';
import { clockOf } from '../../../core/metering/points/correct-clock.ts';
import type { Series } from '../../../core/metering/points/points.ts';
import { instant } from '../../../core/units/instant.ts';
import { at, minute, noting } from './by-minute.ts';

type Taken = readonly [minutes: number, offByMilliseconds: number];

const hours = (count: number): number => count * 3_600_000;

/** Readings that came at a minute, with the time of a clock that is off by so many milliseconds. */
const seriesOf = (...taken: readonly Taken[]): readonly Series[] => [
  {
    key: { quantity: 'register', occasion: 'sample', location: 'Outlet', phase: '' },
    samples: taken.map(([minutes, off]) => ({
      at: at(minutes, off),
      received: at(minutes),
      value: 0n,
    })),
  },
];

/** By how much the clock sets a time of minute 30 back that was stamped with the offset of the first reading. */
const corrected = (...taken: readonly Taken[]) => {
  const [, off] = taken[0] ?? [0, 0];
  const { answer, notes } = noting((recordAnomaly) =>
    clockOf(seriesOf(...taken), recordAnomaly)({ at: at(30, off), received: at(30) }),
  );
  return { minute: Number((answer - at(0)) / minute), notes: notes.map(([code]) => code) };
};

const shifted = { minute: 30, notes: ['TS_CONST_OFFSET'] };

describe('a clock in another zone', () => {
  it.each([
    ['two hours ahead', hours(2)],
    ['two hours behind', hours(-2)],
    ['ahead by 5:45', hours(5.75)],
    ['fourteen hours ahead', hours(14)],
    ['fourteen hours behind', hours(-14)],
    ['two hours and a minute ahead', hours(2) + 60_000],
    ['two hours and a minute behind', hours(-2) - 60_000],
    ['half a minute less than two hours behind', hours(-2) + 30_000],
  ])('a clock in another time zone is detected when it is %s', (_words, off) => {
    const { minute: read, notes } = corrected([0, off], [5, off], [10, off]);
    expect(notes).toEqual(['TS_CONST_OFFSET']);
    expect(Math.abs(read - 30)).toBeLessThanOrEqual(1);
  });

  it('a clock in another time zone is corrected, and the anomaly states the corrected time', () => {
    const taken: readonly Taken[] = [
      [0, hours(2)],
      [5, hours(2)],
      [10, hours(2)],
    ];
    const { notes } = noting((recordAnomaly) =>
      clockOf(seriesOf(...taken), recordAnomaly)({ at: at(30, hours(2)), received: at(30) }),
    );
    expect(notes).toEqual([['TS_CONST_OFFSET', 30]]);
    expect(corrected(...taken)).toEqual(shifted);
  });

  it.each<[string, readonly Taken[]]>([
    [
      'two readings alone show it',
      [
        [0, hours(-2)],
        [10, hours(-2)],
      ],
    ],
    [
      'one of three readings is off by four minutes more',
      [
        [0, hours(-2)],
        [5, hours(-2) - 240_000],
        [10, hours(-2)],
      ],
    ],
    [
      'it is off by no zone',
      [
        [0, hours(-2) - 61_000],
        [5, hours(-2) - 61_000],
        [10, hours(-2) - 61_000],
      ],
    ],
    [
      'no zone is so far behind',
      [
        [0, hours(-14.25)],
        [5, hours(-14.25)],
        [10, hours(-14.25)],
      ],
    ],
    [
      'its readings came within two minutes',
      [
        [0, hours(-2)],
        [1, hours(-2)],
        [2, hours(-2) - 1],
      ],
    ],
    [
      'it has two zones at once',
      [
        [0, hours(-2)],
        [5, hours(-2)],
        [10, hours(-2)],
        [0, hours(-3)],
        [5, hours(-3)],
        [10, hours(-3)],
      ],
    ],
  ])('a clock is not in another time zone when %s', (_words, taken) => {
    expect(corrected(...taken).notes).toEqual([]);
  });

  it('a clock in another time zone is detected from readings two minutes apart, in any order', () => {
    expect(corrected([0, hours(2)], [1, hours(2)], [2, hours(2)])).toEqual(shifted);
    expect(corrected([10, hours(2)], [0, hours(2)], [1, hours(2)])).toEqual(shifted);
  });

  it('readings that were stored offline and sent together do not reveal a clock in another time zone', () => {
    const queued: Series = {
      key: { quantity: 'register', occasion: 'sample', location: 'Outlet', phase: '' },
      samples: [0, 1, 2, 3].map((minutes) => ({
        at: at(minutes - 120),
        received: at(2),
        value: 0n,
      })),
    };
    const { answer, notes } = noting((recordAnomaly) =>
      clockOf([queued], recordAnomaly)({ at: at(-120), received: at(0) }),
    );
    expect(answer).toBe(at(-120));
    expect(notes).toEqual([]);
  });

  it('a clock that is wrong by something other than a time zone is left alone', () => {
    const series = seriesOf([0, hours(2)], [5, hours(2)], [10, hours(2)]);
    const read = (off: number) =>
      noting((recordAnomaly) =>
        clockOf(series, recordAnomaly)({ at: at(30, off), received: at(30) }),
      );
    expect(read(hours(-3))).toEqual({ answer: at(30, hours(-3)), notes: [] });
    expect(read(hours(4))).toEqual({ answer: at(30), notes: [['TS_FUTURE', 30]] });
  });
});

describe('a clock that was never set', () => {
  it('readings of a clock that was never set count at their receipt, others at their own time', () => {
    const clock = noting((recordAnomaly) => clockOf([], recordAnomaly)).answer;
    expect(clock({ at: instant(60_000n), received: at(5) })).toBe(at(5));
    expect(clock({ at: at(5) })).toBe(at(5));
  });
});
