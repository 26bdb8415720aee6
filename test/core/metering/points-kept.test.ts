import { describe, expect, it } from 'vitest';
import type { SampledValue } from '../../../core/metering/model/reading.ts';
import { sortAnomalies } from '../../../core/metering/model/sort-anomalies.ts';
import { downsamplePoints } from '../../../core/metering/points/downsample-points.ts';
import { decodePoints, encodePoints } from '../../../core/metering/points/encode-points.ts';
import { latestStateOfCharge, mergePoints } from '../../../core/metering/points/merge-points.ts';
import { noPoints, type Points } from '../../../core/metering/points/points.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { mergeStatePoints, statePoint } from '../../../core/metering/points/state-points.ts';
import { decodeIntegers } from '../../../core/metering/points/vlq.ts';
import { at, minute } from './by-minute.ts';
import { readings } from './measured-by-minute.ts';

type Read = Partial<SampledValue> & { readonly received?: number };

type Taken = readonly [minutes: number, value: string, fields?: Read];

/** Points of one value a minute, from ten o'clock on. */
const pointsAt = (...read: readonly Taken[]): Points =>
  pointsOf(
    read.map(([minutes, value, { received, ...fields } = {}]) => ({
      timestamp: new Date(Number(at(minutes))).toISOString(),
      receivedAt: Number(at(received ?? minutes)),
      offline: false,
      sampledValues: [
        {
          value,
          context: 'Sample.Periodic',
          measurand: 'Energy.Active.Import.Register',
          location: 'Outlet',
          multiplier: 0,
          format: 'raw',
          ...fields,
        },
      ],
    })),
  );

const timesIn = (points: Points) =>
  [...points.series.values()].map(({ key, samples }) => [
    key.occasion,
    samples.map((sample) => Number((sample.at - at(0)) / minute)),
  ]);

describe('the stored text of points', () => {
  const steady = pointsAt([0, '1000'], [1, '1100'], [2, '1200'], [3, '1300']);
  const texts: readonly (readonly [string, Points, string])[] = [
    ['no points', noPoints, '|||'],
    ['a steady charge', steady, '03:Outlet::4.5.4:g5kiyK14kiyKAAUTAA|||'],
  ];

  it.each(texts)('stored points of %s are written as in the tables', (_words, points, text) => {
    expect(encodePoints(points)).toBe(text);
    expect(decodePoints(text)).toEqual(points);
  });

  it('stored points may be empty for a session without readings', () => {
    expect(decodePoints('')).toEqual(noPoints);
  });

  it('stored points share up to six zeros that all numbers end in', () => {
    const header = (...read: readonly Taken[]) => encodePoints(pointsAt(...read)).split(':')[3];
    expect(header([0, '1000000000'], [10, '2000000000'])).toBe('5.6.2');
    expect(header([0, '1000'], [10, '1010'])).toBe('5.4.2');
    expect(header([0, '0.001'])).toBe('5.0.1');
  });

  it('stored points are the same whatever arrived first', () => {
    const power = pointsAt([0, 'x'], [1, '7', { measurand: 'Power.Active.Import', unit: 'kW' }]);
    const late = pointsAt([5, '1,5', { received: 90 }], [6, '', { received: 6 }]);
    const text = encodePoints(mergePoints(power, late));
    expect(encodePoints(mergePoints(late, power))).toBe(text);
    expect(decodePoints(text)).toEqual(decodePoints(encodePoints(mergePoints(late, power))));
    expect([...decodePoints(text).notes.keys()].toSorted()).toEqual([
      'EMPTY_SAMPLE',
      'VALUE_COMMA_DECIMAL',
      'VALUE_UNPARSEABLE',
    ]);
  });

  it('stored points have a time of receipt only where one was kept', () => {
    const points = pointsAt(
      [0, '1000', { received: 90 }],
      [1, '1100'],
      [2, '1200', { received: 95 }],
    );
    expect(decodePoints(encodePoints(points))).toEqual(points);
    const samples = [...points.series.values()].flatMap((series) => series.samples);
    expect(samples.map(({ received }) => received)).toEqual([at(90), undefined, at(95)]);
  });

  it('stored points say what was kept without a connection, beside times of receipt or without any', () => {
    const kept = pointsOf([
      ...readings([0, '1000']),
      ...readings([1, '1100'], [2, '1200']).map((one) => ({ ...one, offline: true })),
    ]);
    const late = pointsAt([9, '1900', { received: 90 }]);
    for (const points of [kept, mergePoints(kept, late)]) {
      expect(decodePoints(encodePoints(points))).toEqual(points);
    }
    const samples = [...decodePoints(encodePoints(kept)).series.values()].flatMap(
      (series) => series.samples,
    );
    expect(samples.map(({ offline }) => offline)).toEqual([undefined, true, true]);
  });

  it.each(['53:Outlet::0.0.0:', '04:Outlet::0.0.0:', '||NO_SUCH_CODE@0|', '03:Outlet::0.0.1:?'])(
    'a text with %s is not stored points',
    (text) => {
      expect(() => decodePoints(text)).toThrow(/^not /);
    },
  );

  it('a text in other characters is not stored points', () => {
    expect(() => decodeIntegers('A?')).toThrow('not an encoded list of whole numbers');
  });
});

describe('thinned points', () => {
  const many = pointsAt(
    [5, '1500'],
    [0, '1000'],
    [20, '3000'],
    [10, '2000'],
    [40, '5000'],
    [15, '2500'],
    [30, '4000'],
  );

  it('downsampled points are spread evenly over the session, in whatever order they came', () => {
    expect(timesIn(downsamplePoints(many, 3))).toEqual([['sample', [0, 20, 40]]]);
    expect(timesIn(downsamplePoints(many, 5))).toEqual([['sample', [0, 10, 20, 30, 40]]]);
  });

  it('downsampled points run from the first to the last time of everything measured together', () => {
    const power = { measurand: 'Power.Active.Import' };
    const early = pointsAt([-5, '7', power], [3, '7', power]);
    const [register, measured] = timesIn(downsamplePoints(mergePoints(many, early), 3));
    expect(register).toEqual(['sample', [20, 40]]);
    expect(measured).toEqual(['sample', [-5]]);
  });

  it('points are not downsampled while there are no more than wanted', () => {
    expect(downsamplePoints(many, 7)).toBe(many);
    expect(timesIn(downsamplePoints(many, 6))[0]?.[1]).not.toHaveLength(7);
  });

  it('downsampled points are never fewer than the first and the last', () => {
    expect(timesIn(downsamplePoints(many, 1))).toEqual([['sample', [0, 40]]]);
    expect(timesIn(downsamplePoints(many, 0))).toEqual([['sample', [0, 40]]]);
  });

  it('downsampling keeps all points that a sum or an end needs, in addition', () => {
    const intervals = pointsAt(
      ...[1, 2, 3, 4].map(
        (minutes) => [minutes, '9', { measurand: 'Energy.Active.Import.Interval' }] as const,
      ),
    );
    const ends = pointsAt(
      ...[1, 2, 3, 4].map((minutes) => [minutes, '9', { context: 'Transaction.Begin' }] as const),
    );
    for (const whole of [intervals, ends]) {
      expect(downsamplePoints(whole, 2)).toBe(whole);
      const thinned = downsamplePoints(mergePoints(whole, many), 3);
      expect(timesIn(thinned)).toEqual([...timesIn(whole), ['sample', [0, 20, 40]]]);
    }
  });
});

describe('what was said last', () => {
  it('the latest state of charge is used, and at one time the larger text', () => {
    const [early, late] = [
      { at: at(1), percent: '90' },
      { at: at(2), percent: '50' },
    ];
    const other = { at: at(2), percent: '51' };
    for (const [a, b, expected] of [
      [early, late, late],
      [late, early, late],
      [late, other, other],
      [other, late, other],
    ] as const) {
      expect(latestStateOfCharge(a, b)).toBe(expected);
    }
  });

  it('a state of charge is a number', () => {
    const points = pointsAt([0, ' 42 ', { measurand: 'SoC' }], [1, 'full', { measurand: 'SoC' }]);
    expect(points.stateOfCharge).toEqual({ at: at(0), percent: '42' });
    expect([...points.notes.keys()]).toEqual(['VALUE_IGNORED']);
  });

  it('connector states are ordered by time, then by receipt, then by state', () => {
    const states = [
      statePoint(at(0), 'idle'),
      statePoint(at(0), 'neither', at(7)),
      statePoint(at(0), 'idle', at(8)),
      statePoint(at(0), 'charging', at(8)),
      statePoint(at(0), 'neither', at(9)),
      statePoint(at(1), 'neither'),
      statePoint(at(2), 'idle'),
    ];
    expect(mergeStatePoints([], states.toReversed())).toEqual(states);
    expect(mergeStatePoints(states.slice(4), states.slice(0, 5))).toEqual(states);
  });

  it('anomalies are listed once each, in a fixed order', () => {
    const anomaly = (ref?: string) => ({
      code: 'REG_JUMP',
      severity: 'error' as const,
      message: 'It jumped.',
      ...(ref !== undefined && { ref }),
    });
    const [early, late] = [anomaly('2026-03-02T10:00:00.000Z'), anomaly('ses_a')];
    expect(sortAnomalies([late, early, anomaly(), late])).toEqual([anomaly(), early, late]);
  });
});
