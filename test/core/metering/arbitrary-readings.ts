import fc from 'fast-check';
import type { MeterReading, SampledValue } from '../../../core/metering/model/reading.ts';

const start = Date.UTC(2026, 2, 2, 10);

const sampled = (value: string, fields: Partial<SampledValue> = {}): SampledValue => ({
  value,
  context: 'Sample.Periodic',
  measurand: 'Energy.Active.Import.Register',
  location: 'Outlet',
  multiplier: 0,
  format: 'raw',
  ...fields,
});

type Quirk =
  | 'none'
  | 'dropout'
  | 'spike'
  | 'low'
  | 'mark'
  | 'session'
  | 'jitter'
  | 'kWh'
  | 'comma'
  | 'soc'
  | 'power'
  | 'late';

const quirk: fc.Arbitrary<Quirk> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Quirk>('none') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Quirk>(
      'dropout',
      'spike',
      'low',
      'mark',
      'session',
      'jitter',
      'kWh',
      'comma',
      'soc',
      'power',
      'late',
    ),
  },
);

const valuesOf = (register: number, kind: Quirk): readonly SampledValue[] => {
  switch (kind) {
    case 'dropout':
      return [sampled('0')];
    case 'spike':
      return [sampled(String(register + 5_000_000))];
    case 'low':
      return [sampled(String(Math.floor(register / 7)))];
    case 'mark':
      return [sampled(['-1', '65535', '2147483647', '4294967295'][register % 4] ?? '')];
    case 'session':
      return [sampled(String(register - 100_000))];
    case 'jitter':
      return [sampled(String(register - 3))];
    case 'kWh':
      return [sampled(String(register / 1000), { unit: 'kWh' })];
    case 'comma':
      return [sampled(`${register},0`)];
    case 'soc':
      return [
        sampled(String(register)),
        sampled(String(register % 100), { measurand: 'SoC', location: 'EV' }),
      ];
    case 'power':
      return [
        sampled(String(register)),
        sampled('7.2', { measurand: 'Power.Active.Import', unit: 'kW' }),
      ];
    case 'late':
    case 'none':
      return [sampled(String(register))];
    default:
      return kind satisfies never;
  }
};

/** Readings a minute apart of a vehicle that draws up to 12 kW, with the faults of the field mixed in. */
export const arbitraryReadings: fc.Arbitrary<readonly MeterReading[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), quirk), { minLength: 1, maxLength: 30 })
  .map((steps) => {
    let register = 100_000;
    return steps.map(([rise, kind], index) => {
      register += rise;
      const at = start + (index + 1) * 60_000;
      return {
        timestamp: new Date(at).toISOString(),
        receivedAt: kind === 'late' ? at + 3_600_000 : at + 500,
        offline: false,
        ...(rise % 3 > 0 && { seqNo: index }),
        sampledValues: valuesOf(register, kind),
      };
    });
  });

/** The facts that go with arbitraryReadings: 22 kW, started at 10:00 at 100 kWh, not stopped. */
export const runningFacts = {
  start: {
    timestamp: new Date(start).toISOString(),
    receivedAt: start + 500,
    registerWh: 100_000,
  },
  maxPowerW: 22_000,
};
