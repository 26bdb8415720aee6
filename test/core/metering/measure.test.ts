import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import type { SampledValue } from '../../../core/metering/model/reading.ts';
import { noPoints } from '../../../core/metering/points/points.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { totalSamples } from '../../../core/metering/register/total-samples.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { at, minute, noting, wattHour } from './by-minute.ts';
import { codes, endAt, iso, measured, readings, type Taken } from './measured-by-minute.ts';

const wh = (count: number) => milliWattHours(BigInt(Math.round(count * 1000)));
const hour = { start: endAt(0, 1000), stop: endAt(60, 8000) };

describe('a verified signed pair', () => {
  const signed = (from: number, to: number): MeteringFacts => ({
    ...hour,
    verified: {
      start: { register: wh(from), at: at(0), signed: 'a' },
      stop: { register: wh(to), at: at(60), signed: 'b' },
    },
  });

  it('a verified signed pair is billed, with its own start and stop register', () => {
    const metered = measured(signed(500, 7490));
    expect(metered).toMatchObject({ energy: wh(6990), quality: 'signed' });
    expect(metered.meterStart).toEqual({ register: wh(500), at: at(0), signed: 'a' });
    expect(metered.meterStop).toEqual({ register: wh(7490), at: at(60), signed: 'b' });
  });

  it.each([
    ['half a percent less', 6965.174, true],
    ['not quite half a percent less', 6965.175, false],
    ['not quite half a percent more', 7035.175, false],
    ['half a percent more', 7035.176, true],
  ])(
    'a verified signed pair of %s than was counted is reported: %f Wh',
    (_words, energy, differs) => {
      expect(codes(measured(signed(0, energy)))).toEqual(differs ? ['SIGNED_MISMATCH'] : []);
    },
  );

  it.each([
    [90, false],
    [110, false],
    [89.999, true],
    [110.001, true],
  ])('a verified signed pair of little energy may differ by 10 Wh: %f Wh', (energy, differs) => {
    const facts = { ...signed(0, energy), stop: endAt(60, 1100) };
    expect(codes(measured(facts))).toEqual(differs ? ['SIGNED_MISMATCH'] : []);
  });

  it('a verified signed pair that decreases bills nothing and holds the CDR', () => {
    const metered = measured(signed(500, 499));
    expect(metered).toMatchObject({ energy: 0n, hold: true });
    expect(codes(metered)).toEqual(['REG_DECREASE']);
    expect(codes(measured({ ...signed(500, 500), stop: endAt(60, 1000) }))).toEqual([
      'ZERO_ENERGY',
    ]);
  });

  it('a verified signed pair is meter data even without any other', () => {
    const { verified } = signed(0, 7000);
    const facts = { start: endAt(0), stop: endAt(60), ...(verified && { verified }) };
    expect(codes(measured(facts))).not.toContain('NO_METER_DATA');
  });
});

describe('the register of the previous session', () => {
  it.each([
    [990, []],
    [1010, []],
    [989.999, ['REG_CONTINUITY_GAP']],
    [1010.001, ['REG_CONTINUITY_GAP']],
  ])('a previous register of %f Wh is continued within 10 Wh at 1000 Wh', (previous, expected) => {
    expect(codes(measured({ ...hour, previousRegister: wh(previous) }))).toEqual(expected);
  });
});

describe('an anomaly', () => {
  it('an anomaly names the first reading that has it, whatever their order', () => {
    const taken: readonly Taken[] = [
      [30, '4500,5'],
      [15, '2750,5'],
      [45, '6250,5'],
    ];
    for (const order of [taken, taken.toReversed()]) {
      expect(measured(hour, ...order).anomalies).toMatchObject([
        { code: 'VALUE_COMMA_DECIMAL', ref: iso(15) },
      ]);
    }
  });

  it('an anomaly of the start message is reported too', () => {
    const start = { ...endAt(0, 1000), timestamp: '2026-03-02T10:00:00' };
    expect(measured({ ...hour, start }).anomalies).toMatchObject([
      { code: 'TS_NO_TZ', ref: iso(0) },
    ]);
  });

  it('an unknown session has no anomaly', () => {
    expect(() => measure(noPoints, {}, [])).toThrow('without start, stop and readings');
  });
});

describe('the power of a session', () => {
  const kilowatts = (minutes: number, value: string, fields: Partial<SampledValue> = {}): Taken => [
    minutes,
    value,
    { measurand: 'Power.Active.Import', unit: 'kW', ...fields },
  ];
  const power = (...taken: readonly Taken[]) => measured(hour, ...taken).power;

  it('the power of a session is the latest between start and stop', () => {
    expect(power(kilowatts(15, '7'), kilowatts(45, '6'), kilowatts(30, '8'))).toBe(6_000_000n);
    expect(power(kilowatts(0, '7'), kilowatts(-1, '9'))).toBe(7_000_000n);
    expect(power(kilowatts(60, '7'), kilowatts(61, '9'))).toBe(7_000_000n);
    expect(power(kilowatts(-1, '7'), kilowatts(61, '9'))).toBeUndefined();
  });

  it('the power of one time is the larger of those with different contexts', () => {
    const begin = { context: 'Transaction.Begin' };
    expect(power(kilowatts(0, '7'), kilowatts(0, '8', begin))).toBe(8_000_000n);
    expect(power(kilowatts(0, '8'), kilowatts(0, '7', begin))).toBe(8_000_000n);
  });

  it('power determines the energy if a register stays at zero, unless it shows none either', () => {
    const silent = { start: endAt(0, 0), stop: endAt(60, 0) };
    const taken = [0, 10, 20, 30, 40, 50, 60].map((minutes) => kilowatts(minutes, '6'));
    const none = [0, 10, 20, 30, 40, 50, 60].map((minutes) => kilowatts(minutes, '0'));
    expect(measured(silent, ...taken)).toMatchObject({ quality: 'power', energy: wh(6000) });
    expect(measured(silent, ...none)).toMatchObject({ quality: 'register', energy: 0n });
  });
});

describe('signed records', () => {
  const record = (minutes: number, value: string, context: string): Taken => [
    minutes,
    value,
    { context, format: 'signed' },
  ];

  it('the end of a session without signed records has none', () => {
    const { meterStart, meterStop } = measured(hour, [30, '4000']);
    expect(meterStart).toStrictEqual({ register: wh(1000), at: at(0) });
    expect(meterStop).toStrictEqual({ register: wh(8000), at: at(60) });
  });

  it('signed records of the ends are the first of the start and the last of the stop, in any order', () => {
    const taken = [
      record(0, 'B', 'Transaction.Begin'),
      record(0, 'A', 'Transaction.Begin'),
      record(1, '0', 'Transaction.Begin'),
      record(-1, '1', 'Sample.Clock'),
      record(61, '1', 'Sample.Clock'),
      record(59, 'Z', 'Transaction.End'),
      record(60, 'X', 'Transaction.End'),
      record(60, 'Y', 'Transaction.End'),
    ];
    for (const order of [taken, taken.toReversed()]) {
      const { meterStart, meterStop } = measured(hour, ...order);
      expect([meterStart?.signed, meterStop?.signed]).toEqual(['A', 'Y']);
    }
  });
});

describe('the value of a connector', () => {
  type Value = Partial<SampledValue> & { readonly wh: number; readonly minutes?: number };
  const total = (...values: readonly Value[]) => {
    const taken = values.map(
      ({ wh: value, minutes = 0, ...fields }): Taken => [minutes, String(value), fields],
    );
    const series = [...pointsOf(readings(...taken)).series.values()];
    const { answer, notes } = noting((recordAnomaly) =>
      totalSamples(series, 'register', (sample) => sample.at, recordAnomaly),
    );
    const samples = (answer.get('sample') ?? []).map((sample) => [
      Number((sample.at - at(0)) / minute),
      sample.value / wattHour,
    ]);
    return [samples, notes];
  };

  it('of two values of one time and phase the larger is used, and a difference above 1 Wh is reported', () => {
    expect(total({ wh: 1000 }, { wh: 1001 })).toEqual([[[0, 1001n]], []]);
    expect(total({ wh: 1002 }, { wh: 1000 })).toEqual([[[0, 1002n]], [['DUP_CONFLICT', 0]]]);
  });

  it('of two values that a corrected clock gives the same time the larger is used', () => {
    const series = [...pointsOf(readings([0, '1002'], [1, '1000'])).series.values()];
    const { answer, notes } = noting((recordAnomaly) =>
      totalSamples(series, 'register', () => at(0), recordAnomaly),
    );
    expect(answer.get('sample')).toEqual([{ at: at(0), value: 1002n * wattHour }]);
    expect(notes).toEqual([['DUP_CONFLICT', 0]]);
  });

  it('power is the sum of its phases even if all are equal', () => {
    const power = ['L1', 'L2', 'L3'].map(
      (phase): Taken => [0, '2000', { measurand: 'Power.Active.Import', phase }],
    );
    const series = [...pointsOf(readings(...power)).series.values()];
    const { answer } = noting((recordAnomaly) =>
      totalSamples(series, 'power', (sample) => sample.at, recordAnomaly),
    );
    expect(answer.get('sample')).toEqual([{ at: at(0), value: 6_000_000n }]);
  });

  it('a value is taken from the location nearest to the outlet that was measured twice', () => {
    const body = { location: 'Body' };
    expect(total({ wh: 5 }, { wh: 10, ...body }, { wh: 20, minutes: 1, ...body })).toEqual([
      [
        [0, 10n],
        [1, 20n],
      ],
      [['LOCATION_RANKED', 0]],
    ]);
    expect(total({ wh: 5, minutes: 3 }, { wh: 10, ...body })).toEqual([
      [[3, 5n]],
      [['LOCATION_RANKED', 3]],
    ]);
    expect(
      total({ wh: 7, minutes: 2 }, { wh: 5, minutes: 1 }, { wh: 10, minutes: 0, ...body }),
    ).toEqual([
      [
        [1, 5n],
        [2, 7n],
      ],
      [['LOCATION_RANKED', 1]],
    ]);
  });

  it('a location is reported as ranked by its first reading, whatever that claims to be', () => {
    const taken = [
      { wh: 20, minutes: 9 },
      { wh: 10, context: 'Transaction.Begin' },
      { wh: 7, minutes: 3, location: 'Body' },
    ];
    expect(total(...taken)[1]).toEqual([['LOCATION_RANKED', 0]]);
  });

  it('energy is the sum of its phases, unless each repeats the total', () => {
    const phases = (...each: readonly number[]): readonly Value[] =>
      each.map((value, index) => ({ wh: value, phase: `L${index + 1}` }));
    expect(total(...phases(1, 2, 3))).toEqual([[[0, 6n]], []]);
    expect(total(...phases(4, 4, 4))).toEqual([[[0, 4n]], [['PHASE_REPEATS_TOTAL', 0]]]);
    expect(total(...phases(0, 0, 0))).toEqual([[[0, 0n]], []]);
    expect(total(...phases(4))).toEqual([[[0, 4n]], [['PHASE_AS_TOTAL', 0]]]);
    expect(total({ wh: 9, phase: 'N' })).toEqual([[], []]);
    expect(total({ wh: 9 }, ...phases(1, 2, 3))).toEqual([[[0, 9n]], []]);
  });

  it('energy repeats the total from where several phases do, not where one is reported alone', () => {
    const phases = ['L1', 'L2', 'L3'].map((phase) => ({ wh: 4, minutes: 1, phase }));
    expect(total({ wh: 4, phase: 'L1' }, ...phases)).toEqual([
      [
        [0, 4n],
        [1, 4n],
      ],
      [
        ['PHASE_AS_TOTAL', 0],
        ['PHASE_REPEATS_TOTAL', 1],
      ],
    ]);
  });

  it('values are ordered by time, whichever phase was read', () => {
    expect(total({ wh: 9, minutes: 1 }, { wh: 5, minutes: 0, phase: 'L1' })).toEqual([
      [
        [0, 5n],
        [1, 9n],
      ],
      [['PHASE_AS_TOTAL', 0]],
    ]);
  });

  it('phases only repeat the total if all are equal every time, and not just zero', () => {
    const each = (minutes: number, ...values: readonly number[]): readonly Value[] =>
      values.map((value, index) => ({ wh: value, minutes, phase: `L${index + 1}` }));
    const sums = (...values: readonly Value[]) => (total(...values)[0] ?? []).map(([, sum]) => sum);
    expect(sums(...each(0, 4, 4, 4), ...each(1, 5, 6, 7))).toEqual([12n, 18n]);
    expect(sums(...each(0, 0, 0, 0), ...each(1, 4, 4, 4))).toEqual([0n, 4n]);
    expect(total(...each(0, 0, 0, 0), ...each(1, 5))[1]).toEqual([['PHASE_AS_TOTAL', 1]]);
  });

  it('a repeated register without a usable time counts at each of its receipts', () => {
    const taken = [5, 20].flatMap((received) =>
      readings([90, '1000']).map((reading) => ({ ...reading, receivedAt: Number(at(received)) })),
    );
    const series = [...pointsOf(taken).series.values()];
    const { answer } = noting((recordAnomaly) =>
      totalSamples(series, 'register', ({ at: time, received }) => received ?? time, recordAnomaly),
    );
    expect(answer.get('sample')).toEqual([
      { at: at(5), value: 1000n * wattHour },
      { at: at(20), value: 1000n * wattHour },
    ]);
  });

  it('an interval sent twice counts once, and two intervals of one time are two values', () => {
    const interval = (value: string, received: number) =>
      readings([15, value, { measurand: 'Energy.Active.Import.Interval' }]).map((reading) => ({
        ...reading,
        receivedAt: Number(at(received)),
      }));
    const taken = [...interval('100', 60), ...interval('100', 75), ...interval('300', 90)];
    const series = [...pointsOf(taken).series.values()];
    const { answer } = noting((recordAnomaly) =>
      totalSamples(series, 'interval', ({ at: time, received }) => received ?? time, recordAnomaly),
    );
    expect(answer.get('sample')?.map(({ value }) => value / wattHour)).toEqual([100n, 300n]);
  });
});
