import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';

type Sample = {
  readonly value: string;
  readonly unit?: string | undefined;
  readonly measurand?: string;
  readonly context?: string;
};

const timestamp = '2026-03-02T10:00:00Z';

/** Registers and anomalies of a reading with these values, in each version. */
const understood = (samples: readonly Sample[]) => {
  const one = v16.decodeStored(
    'meter',
    JSON.stringify({
      connectorId: 1,
      transactionId: 7,
      meterValue: [{ timestamp, sampledValue: samples }],
    }),
    0,
  );
  const two = v201.decodeStored(
    'event',
    JSON.stringify({
      eventType: 'Updated',
      timestamp,
      triggerReason: 'MeterValuePeriodic',
      seqNo: 1,
      transactionInfo: { transactionId: 'tx-1' },
      meterValue: [
        {
          timestamp,
          sampledValue: samples.map(({ unit, value, ...rest }) => ({
            ...rest,
            value: Number(value),
            ...(unit === undefined ? {} : { unitOfMeasure: { unit } }),
          })),
        },
      ],
    }),
    0,
  );
  return [one, two].map(({ readings }) => {
    const { series, notes } = pointsOf(readings);
    const [register] = [...series.values()].filter(({ key }) => key.quantity === 'register');
    return {
      registers: register?.samples.map(({ value }) => value) ?? [],
      notes: [...notes.keys()],
    };
  });
};

const bothAre = (expected: object) => [expected, expected];

const unitsOfOthers = [
  'A',
  'V',
  'VA',
  'kVA',
  'var',
  'kvar',
  'varh',
  'kvarh',
  'Celsius',
  'Fahrenheit',
  'K',
  'Percent',
];

const register: fc.Arbitrary<Sample> = fc.record({
  value: fc.constant('12345'),
  unit: fc.constantFrom('Wh', undefined),
});

const number = fc.integer({ min: 0, max: 40_000 }).map(String);

describe('a value without a measurand', () => {
  it('an unnamed value in the unit of something else, or of a power beside a register, is ignored, wherever it stands', () => {
    fc.assert(
      fc.property(
        register,
        fc.array(
          fc.record({ value: number, unit: fc.constantFrom(...unitsOfOthers, 'W', 'kW', ' w ') }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.nat(),
        (energy, others, place) => {
          const at = place % (others.length + 1);
          const values = [...others.slice(0, at), energy, ...others.slice(at)];
          expect(understood(values)).toEqual(
            bothAre({ registers: [12_345_000n], notes: ['VALUE_IGNORED'] }),
          );
        },
      ),
    );
  });

  it('a value that is written as energy in the unit of something else is an error', () => {
    const measurand = 'Energy.Active.Import.Register';
    for (const unit of unitsOfOthers) {
      expect(
        understood([
          { value: '1000', unit: 'Wh' },
          { value: '16', unit, measurand },
        ]),
        unit,
      ).toEqual(bothAre({ registers: [1_000_000n], notes: ['UNIT_UNKNOWN'] }));
    }
  });

  it('an unnamed value in W alone is the register, as before', () => {
    expect(understood([{ value: '1000', unit: 'W' }])).toEqual(
      bothAre({ registers: [1_000_000n], notes: ['UNIT_MISMATCH'] }),
    );
  });

  it('an unnamed value in a unit that nobody knows is an error', () => {
    expect(understood([{ value: '1000', unit: 'MWh' }])).toEqual(
      bothAre({ registers: [], notes: ['UNIT_UNKNOWN'] }),
    );
  });
});
