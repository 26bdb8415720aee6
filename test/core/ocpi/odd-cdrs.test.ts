import { describe, expect, it } from 'vitest';
import { priceOcpiCdr } from '../../../core/ocpi/price-cdr.ts';

const tariff = {
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, vat: 20, step_size: 1 }] }],
};
const period = {
  start_date_time: '2026-03-11T08:00:00Z',
  dimensions: [{ type: 'ENERGY', volume: 10 }],
};
const cdr = {
  start_date_time: '2026-03-11T08:00:00Z',
  end_date_time: '2026-03-11T09:00:00Z',
  charging_periods: [period],
};
const withDimensions = (dimensions: unknown) => ({
  ...cdr,
  charging_periods: [{ ...period, dimensions }],
});
const priced = (stated: object, record: object) => {
  const result = priceOcpiCdr(JSON.stringify(stated), JSON.stringify(record));
  if (result.kind !== 'priced') throw new Error(JSON.stringify(result.problems));
  return result;
};

describe('priceOcpiCdr with a credit', () => {
  const credit = (total_cost: unknown, more: object = {}) =>
    priced(tariff, { ...cdr, credit: true, credit_reference_id: 'C1', total_cost, ...more });

  it('a credit states the negated total of the periods that it repeats', () => {
    expect(credit({ excl_vat: -3, incl_vat: -3.6 })).toMatchObject({
      total: { exclVat: '-3.00', inclVat: '-3.60' },
      unrounded: { exclVat: '-3', inclVat: '-3.6' },
      stated: { exclVat: '-3', inclVat: '-3.6' },
      lines: [{ component: 'ENERGY', exclVat: '3.00' }],
      agrees: true,
      notes: ['The CDR is a credit: its total is that of its periods, negated.'],
    });
    expect(credit(-3).agrees).toBe(true);
    expect(credit({ before_taxes: -3, taxes: [{ amount: -0.6 }] }).agrees).toBe(true);
  });

  it('a credit of another amount or with a positive total does not agree, nor does a negative total of a CDR that is none', () => {
    expect(credit({ excl_vat: -3.01, incl_vat: -3.6 }).agrees).toBe(false);
    expect(credit({ excl_vat: 3, incl_vat: 3.6 }).agrees).toBe(false);
    expect(credit({ excl_vat: -3, incl_vat: -3.6 }, { credit: false }).agrees).toBe(false);
    const nothing = withDimensions([{ type: 'ENERGY', volume: 0 }]);
    expect(priced(tariff, { ...nothing, credit: true, total_cost: 0 })).toMatchObject({
      total: { exclVat: '0.00' },
      agrees: true,
    });
  });
});

describe('priceOcpiCdr with times that contradict each other', () => {
  const at = (time: string) => ({
    ...cdr,
    charging_periods: [{ ...period, start_date_time: `2026-03-11T${time}Z` }],
  });

  it.each(['07:59:59', '09:00:01'])(
    'a period at %s, outside the times of its CDR, is priced as stated and named',
    (time) => {
      expect(priced(tariff, at(time))).toMatchObject({
        total: { exclVat: '3.00' },
        notes: [
          `The period of 2026-03-11T${time}.000Z is outside the times of the CDR, 2026-03-11T08:00:00.000Z to 2026-03-11T09:00:00.000Z: it was priced as stated.`,
        ],
      });
    },
  );

  it('periods at the very start and end are within the times of their CDR', () => {
    expect([at('08:00:00'), at('09:00:00')].map((one) => priced(tariff, one).notes)).toEqual([
      [],
      [],
    ]);
  });

  it.each([
    ['TIME', 'charging'],
    ['PARKING_TIME', 'parking'],
  ])(
    'hours of %s that do not fit into the times of their CDR are priced as stated and named',
    (type, kind) => {
      const hours = (volume: number) =>
        priced(
          { ...tariff, elements: [{ price_components: [{ type, price: 2, step_size: 1 }] }] },
          withDimensions([{ type, volume }]),
        );

      expect(hours(5)).toMatchObject({
        total: { exclVat: '10.00' },
        notes: [
          `The periods state 5 h of ${kind} time, but the CDR lasts 1 h: they were priced as stated.`,
        ],
      });
      expect([hours(1), hours(1.0001)].map(({ notes }) => notes)).toEqual([[], []]);
    },
  );

  it('an element of a tariff without price components prices nothing, and is named', () => {
    const empty = { ...tariff, elements: [{ price_components: [] }, ...tariff.elements] };
    const note = 'tariff.elements[0] has no price components: nothing was priced by it.';

    expect(priced(empty, cdr)).toMatchObject({ total: { exclVat: '3.00' }, notes: [note] });
    expect(priced({ ...tariff, elements: [{ price_components: [] }] }, cdr)).toMatchObject({
      total: { exclVat: '0.00' },
      notes: [note],
    });
  });

  it('a CDR that ends before it starts is priced, and said to', () => {
    const backwards = { ...cdr, end_date_time: '2026-03-11T07:00:00Z' };
    expect(priced(tariff, backwards).notes).toEqual(['The CDR ends before it starts.']);
  });

  it('negative currents and powers are those of a vehicle that gives back, and refused by nobody', () => {
    const dimensions = [
      { type: 'ENERGY', volume: 10 },
      { type: 'MIN_CURRENT', volume: -16 },
      { type: 'MIN_POWER', volume: -3.6 },
    ];
    expect(priced(tariff, withDimensions(dimensions)).total.exclVat).toBe('3.00');
  });
});
