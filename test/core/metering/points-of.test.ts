import { describe, expect, it } from 'vitest';
import { energySeries } from '../../../core/metering/energy/energy-series.ts';
import { powerSteps } from '../../../core/metering/energy/integrate-power.ts';
import { measure } from '../../../core/metering/measure.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { SampledValue } from '../../../core/metering/model/reading.ts';
import { mergePoints } from '../../../core/metering/points/merge-points.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { readDecimal } from '../../../core/metering/points/read-decimal.ts';
import { readTimestamp } from '../../../core/metering/points/read-timestamp.ts';
import { sequenceRuns } from '../../../core/metering/points/sequence-runs.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';
import { physicalBound } from '../../../core/metering/register/physical-bound.ts';
import { registerFromWh } from '../../../core/metering/register/register-from-wh.ts';
import { registerTimeline } from '../../../core/metering/register/register-timeline.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { at, course, noting, registers, stoppedAfter, wattHour } from './by-minute.ts';
import { codes, endAt, iso, measured, readings, type Taken } from './measured-by-minute.ts';

const wh = (count: number): bigint => BigInt(count) * wattHour;
const hour = { start: endAt(0, 1000), stop: endAt(60, 8000) };

const read = (...taken: readonly Taken[]) => {
  const { series, notes, ...rest } = pointsOf(readings(...taken));
  return { series: [...series.keys()], notes: [...notes.keys()], ...rest };
};

describe('a value of a reading', () => {
  it.each<[string, Partial<SampledValue>]>([
    ['measurand', { measurand: ' energy.active.import.register ' }],
    ['phase', { phase: ' l1 ' }],
    ['unit', { unit: ' KWH ' }],
    ['location', { location: ' outlet ' }],
    ['context', { context: ' transaction.begin ' }],
  ])('a value is read with blanks around its %s, in any case', (name, fields) => {
    const { series, notes } = read([0, '1', fields]);
    const occasion = name === 'context' ? 'begin' : 'sample';
    expect(series).toEqual([`register ${occasion} Outlet ${name === 'phase' ? 'L1' : ''}`]);
    expect(notes).toEqual([]);
  });

  it('a clock-aligned value is like any other, unless it is an interval', () => {
    const clock = { context: 'Sample.Clock' };
    expect(read([0, '1', clock]).series).toEqual(['register sample Outlet ']);
    expect(read([0, '1', { ...clock, measurand: 'Energy.Active.Import.Interval' }]).series).toEqual(
      ['interval clock Outlet '],
    );
  });

  it('a measurand that only begins like a known one is unknown', () => {
    expect(
      read([0, '1', { measurand: 'Energy.Active.Import.Register.L1.Average' }]).series,
    ).toEqual([]);
  });

  it.each<[Taken, string]>([
    [[0, '  '], 'EMPTY_SAMPLE'],
    [[0, '1', { unit: 'Celsius' }], 'UNIT_UNKNOWN'],
    [[0, 'x'], 'VALUE_UNPARSEABLE'],
    [[0, '1', { multiplier: 31 }], 'VALUE_UNPARSEABLE'],
    [[0, '1', { multiplier: -31 }], 'VALUE_UNPARSEABLE'],
    [[0, '1000000000000'], 'VALUE_UNPARSEABLE'],
    [[0, '-1000000000000'], 'VALUE_UNPARSEABLE'],
    [[0, '1', { measurand: 'Power.Active.Import', unit: 'Celsius' }], 'VALUE_IGNORED'],
    [[0, 'x', { measurand: 'Power.Active.Import' }], 'VALUE_IGNORED'],
  ])('%j is not a number to count with', (taken, code) => {
    expect(read(taken)).toMatchObject({ series: [], notes: [code] });
  });

  it('a value may be as large as a meter can show', () => {
    expect(read([0, '999999999999.999'], [1, '-999999999999.999']).notes).toEqual([]);
    expect(read([0, '0', { multiplier: 30 }], [1, '0', { multiplier: -30 }]).notes).toEqual([]);
    expect(registerFromWh(999_999_999_999)).toBe(999_999_999_999_000n);
    for (const absurd of [1e12, -1e12, Number.NaN]) expect(registerFromWh(absurd)).toBeUndefined();
    expect(readDecimal('1'.repeat(60))).toBeDefined();
  });

  it('a signed value is kept as received', () => {
    const signed = (value: string) =>
      pointsOf(readings([0, value, { format: 'signed', context: 'Transaction.Begin' }]));
    const both = mergePoints(signed('A'), signed('B'));
    expect([...both.signed.values()]).toEqual([
      { at: at(0), occasion: 'begin', raw: 'A' },
      { at: at(0), occasion: 'begin', raw: 'B' },
    ]);
  });

  it('a value from an unknown location ranks behind those of known locations', () => {
    const taken: readonly Taken[] = [
      [0, '10', { location: 'Socket' }],
      [60, '20', { location: 'Socket' }],
      [0, '1000'],
      [60, '8000'],
    ];
    expect(measured({ start: endAt(0), stop: endAt(60) }, ...taken).energy).toBe(wh(7000));
  });
});

describe('a time', () => {
  const received = Date.UTC(2026, 2, 2, 10);

  it.each([5, -5])('a time that is %i minutes off is used unchanged', (minutes) => {
    expect(readTimestamp(iso(minutes), received, false).received).toBeUndefined();
    const more = new Date(received + minutes * 60_000 + Math.sign(minutes)).toISOString();
    expect(readTimestamp(more, received, false).received).toBe(BigInt(received));
  });

  it('a clock from 2015 on was set', () => {
    expect(readTimestamp('2015-01-01T00:00:00Z', received, true).notes).toEqual([]);
    expect(readTimestamp('2014-12-31T23:59:59.999Z', received, true).notes).toEqual(['TS_EPOCH']);
  });

  it('a connector state whose time cannot be read is left out, and one of a clock that was never set keeps its receipt', () => {
    const taken = ['now', '1970-01-01T00:00:00Z', iso(3)].map((timestamp, index) => ({
      timestamp,
      receivedAt: received + index * 60_000,
      status: 'suspended-by-vehicle' as const,
    }));
    expect(statePointsOf(taken)).toStrictEqual([
      { at: 0n, shows: 'idle', received: at(1) },
      { at: at(3), shows: 'idle', heard: at(2) },
    ]);
    const unheard = taken.map(({ timestamp, status }) => ({ timestamp, status }));
    expect(statePointsOf(unheard)).toStrictEqual([{ at: at(3), shows: 'idle' }]);
  });
});

describe('a reading of a clock that was never set', () => {
  const samples = (measurand: string) => {
    const taken = readings([7, '1000', { measurand }]).map((reading) => ({
      ...reading,
      timestamp: '1970-01-01T00:01:00Z',
    }));
    return [...pointsOf(taken).series.values()].flatMap((series) => series.samples);
  };

  it('a reading of a clock that was never set counts at its receipt, and an interval keeps its own time', () => {
    expect(samples('Energy.Active.Import.Register')).toStrictEqual([
      { at: at(7), value: wh(1000) },
    ]);
    expect(samples('Energy.Active.Import.Interval')).toStrictEqual([
      { at: 60_000n, value: wh(1000), received: at(7) },
    ]);
  });
});

describe('an anomaly', () => {
  it('an anomaly has no more properties than needed', () => {
    expect(anomalyOf('SECOND_STOP')).toStrictEqual({
      code: 'SECOND_STOP',
      severity: 'warning',
      message: 'A second, different stop of this session arrived; the first one is used.',
    });
  });

  it('an anomaly names the earliest time that has it', () => {
    const { notes } = noting((recordAnomaly) => {
      for (const minutes of [5, 3, 4]) recordAnomaly('REG_JUMP', at(minutes));
    });
    expect(notes).toEqual([['REG_JUMP', 3]]);
  });

  it('an anomaly names the earlier of message and reading', () => {
    const unzoned = (minutes: number, registerWh: number) => ({
      ...endAt(minutes, registerWh),
      timestamp: iso(minutes).replace('Z', ''),
    });
    const reading = readings([30, '4500']).map((one) => ({
      ...one,
      timestamp: iso(30).replace('Z', ''),
    }));
    const ref = (facts: Parameters<typeof measure>[1]) =>
      measure(pointsOf(reading), facts, []).anomalies.map((anomaly) => anomaly.ref);
    expect(ref({ ...hour, start: unzoned(0, 1000) })).toEqual([iso(0)]);
    expect(ref({ ...hour, stop: unzoned(60, 8000) })).toEqual([iso(30)]);
  });

  it('readings whose session was guessed are reported once', () => {
    const guessed = readings([15, '2750'], [30, '4500']).map((one) => ({
      ...one,
      guessed: true as const,
    }));
    expect(measure(pointsOf(guessed), hour, []).anomalies).toMatchObject([
      { code: 'READINGS_GUESSED', ref: iso(15) },
    ]);
  });

  it('missing messages and missing data are reported only after the stop', () => {
    const numbered = readings([10, '2000'], [30, '4000']).map((reading, index) => ({
      ...reading,
      seqNo: index * 2,
    }));
    const { start } = hour;
    expect(codes(measure(pointsOf(numbered), { start }, []))).toEqual([]);
    expect(codes(measure(pointsOf(numbered), hour, []))).toEqual(['SEQ_GAP']);
    expect(measure(pointsOf(numbered), hour, []).hold).toBe(true);
    expect(codes(measured({ start: endAt(0) }))).toEqual([]);
    expect(codes(measured({ start, stop: endAt(60) }))).toContain('NO_METER_DATA');
    expect(codes(measured({ start: endAt(0), previousRegister: milliWattHours(5000n) }))).toEqual(
      [],
    );
  });

  it('gaps between sequence numbers are found in any order', () => {
    expect(sequenceRuns(new Set([5, 2, 1]))).toEqual([
      { first: 1, last: 2 },
      { first: 5, last: 5 },
    ]);
  });
});

describe('the bounds of a session', () => {
  it('a session may start and stop at the same instant', () => {
    const metered = measured({ start: endAt(60, 1000), stop: endAt(60, 1000) });
    expect(metered).toMatchObject({ startedAt: at(60), endedAt: at(60) });
    expect(codes(metered)).toEqual(['ZERO_ENERGY']);
    expect(metered.series).toEqual(course([60, 0n]));
  });

  it('a session without a known start is bounded by its stop, with readings before it only', () => {
    const metered = measured({ stop: endAt(60, 8000) }, [70, '8000']);
    expect(metered).toMatchObject({ startedAt: at(60), endedAt: at(60) });
    expect(codes(metered)).not.toContain('TIME_NEGATIVE');
  });
});

describe('what the charger can deliver', () => {
  it('the charger can deliver its power over the time and two minutes more, plus a tenth, plus 50 Wh', () => {
    expect(physicalBound(11_000)?.(3_600_000n)).toBe(12_553_333n);
    expect(physicalBound(undefined)).toBeUndefined();
  });

  it('everything that the charger can deliver may be delivered', () => {
    const facts = (registerWh: number) => ({
      start: endAt(0, 0),
      stop: endAt(60, registerWh),
      maxPowerW: 11_000,
    });
    expect(codes(measured(facts(12_553.333)))).toEqual([]);
    expect(codes(measured(facts(12_553.334)))).toEqual(['REG_JUMP']);
  });
});

describe('what energy is based on', () => {
  const interval = (minutes: number, value: string): Taken => [
    minutes,
    value,
    { measurand: 'Energy.Active.Import.Interval' },
  ];
  const power = (minutes: number, value: string, context = 'Sample.Periodic'): Taken => [
    minutes,
    value,
    { measurand: 'Power.Active.Import', context },
  ];

  it('if a register stays at zero, energy comes from whatever shows any', () => {
    const silent = { start: endAt(0, 0), stop: endAt(60, 0) };
    const quarters = [0, 15, 30, 45, 60] as const;
    const taken = quarters
      .slice(1)
      .map((minutes) => interval(minutes, minutes === 15 ? '0' : '500'));
    expect(measured(silent, ...taken)).toMatchObject({ quality: 'interval', energy: wh(1500) });
    const later = quarters.map((minutes) => power(minutes, minutes < 45 ? '0' : '4000'));
    expect(measured(silent, ...later)).toMatchObject({ quality: 'power', energy: wh(1500) });
  });

  it('energy comes from intervals while only the start register is known', () => {
    const running = { start: endAt(0, 1000) };
    expect(measured(running, interval(15, '500'))).toMatchObject({
      quality: 'interval',
      energy: wh(500),
    });
    expect(measured(running)).toMatchObject({ quality: 'register', energy: 0n });
  });

  it('the energy of an active session never falls through jitter', () => {
    const running = { start: endAt(0, 1000) };
    expect(measured(running, [15, '1500'], [30, '1496'])).toMatchObject({ energy: wh(500) });
  });

  it('an active session does not lack a stop', () => {
    const running = { start: endAt(0, 1000) };
    expect(codes(measured(running, [10, '1500'], power(20, '4000')))).toEqual([]);
  });

  it('energy from power over time is the same in any order', () => {
    const taken = [power(20, '6000'), power(10, '6000'), power(0, '6000', 'Transaction.Begin')];
    for (const order of [taken, taken.toReversed()]) {
      expect(measured({ start: endAt(0), stop: endAt(20) }, ...order)).toMatchObject({
        quality: 'power',
        energy: wh(2000),
      });
    }
  });

  it('energy from power begins with the first power', () => {
    const [from, to] = [
      { at: at(5), value: 0n },
      { at: at(10), value: 0n },
    ] as const;
    expect(powerSteps([])).toEqual([]);
    expect(powerSteps([{ from, to, energy: 7n }])).toEqual(course([5, 0n], [10, 7n]));
  });
});

describe('the course of energy', () => {
  it('the energy curve has one point for each time, its last, and never exceeds the final amount', () => {
    const steps = course([0, 0n], [10, 5n], [10, 7n], [20, 12n], [30, 12n], [60, 12n]);
    expect(energySeries(steps, stoppedAfter(60), 10n)).toEqual(
      course([0, 0n], [10, 7n], [20, 10n], [30, 10n], [60, 10n]),
    );
  });

  it('the energy curve of a session without duration is a jump, or nothing', () => {
    expect(energySeries([], stoppedAfter(0), 0n)).toEqual(course([0, 0n]));
    expect(energySeries([], stoppedAfter(0), 5n)).toEqual(course([0, 0n], [0, 5n]));
  });

  it('unlabelled readings at start and stop are taken as the start and stop register', () => {
    const window = stoppedAfter(60, { startRegister: wh(1000), stopRegister: wh(8000) });
    const sample = registers([0, wh(1000) + 400n], [30, wh(4000)], [60, wh(8000) + 700n]);
    const { answer } = noting((recordAnomaly) =>
      registerTimeline(new Map([['sample', sample]]), window, undefined, recordAnomaly),
    );
    expect(answer.points).toEqual(sample);
  });
});
