import { describe, expect, it } from 'vitest';
import { timeOfHours } from '../../../core/ocpi/hours.ts';
import { priceOcpiCdr } from '../../../core/ocpi/price-cdr.ts';
import { parseDecimal } from '../../../core/units/decimal.ts';

const tariff = {
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, vat: 20, step_size: 1 }] }],
};
const cdr = {
  start_date_time: '2026-03-11T08:00:00Z',
  end_date_time: '2026-03-11T09:00:00Z',
  charging_periods: [
    { start_date_time: '2026-03-11T08:00:00Z', dimensions: [{ type: 'ENERGY', volume: 10 }] },
  ],
};
const price = (stated: object, record: object, zone?: string) =>
  priceOcpiCdr(JSON.stringify(stated), JSON.stringify(record), zone);
const priced = (stated: object, record: object, zone?: string) => {
  const result = price(stated, record, zone);
  if (result.kind !== 'priced') throw new Error(JSON.stringify(result.problems));
  return result;
};
const problemsOf = (stated: object, record: object, zone?: string) => {
  const result = price(stated, record, zone);
  return result.kind === 'malformed' ? result.problems.map(({ path }) => path) : [];
};
const withElement = (element: unknown) => ({ ...tariff, elements: [element] });
const withComponent = (component: object) =>
  withElement({ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1, ...component }] });
const withRestrictions = (restrictions: unknown) =>
  withElement({ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }], restrictions });
const withDimensions = (dimensions: unknown) => ({
  ...cdr,
  charging_periods: [{ start_date_time: '2026-03-11T08:00:00Z', dimensions }],
});

describe('priceOcpiCdr with malformed documents', () => {
  it('a document with a key twice in one object is refused, because readers differ about it', () => {
    const twice = JSON.stringify(tariff).replace('{', '{"currency":"USD",');
    expect(priceOcpiCdr(twice, JSON.stringify(cdr))).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'tariff', message: 'The key "currency" occurs twice in one object.' }],
    });
  });

  it.each<[string, object, object, string]>([
    ['a tariff without a currency', { ...tariff, currency: undefined }, cdr, 'tariff.currency'],
    ['a tariff in an unknown currency', { ...tariff, currency: 'EU' }, cdr, 'tariff.currency'],
    ['a tariff without elements', { ...tariff, elements: undefined }, cdr, 'tariff.elements'],
    ['elements that are not a list', { ...tariff, elements: {} }, cdr, 'tariff.elements'],
    ['an empty list of elements', { ...tariff, elements: [] }, cdr, 'tariff.elements'],
    ['an empty list of periods', tariff, { ...cdr, charging_periods: [] }, 'cdr.charging_periods'],
    ['a credit that is no truth value', tariff, { ...cdr, credit: 'yes' }, 'cdr.credit'],
    ...['ENERGY', 'TIME', 'PARKING_TIME', 'RESERVATION_TIME'].map(
      (type): [string, object, object, string] => [
        `a negative volume of ${type}`,
        tariff,
        withDimensions([{ type, volume: -0.5 }]),
        'cdr.charging_periods[0].dimensions[0].volume',
      ],
    ),
    ['an element without components', withElement({}), cdr, 'tariff.elements[0].price_components'],
    [
      'a component of an unknown type',
      withComponent({ type: 'SESSION_TIME' }),
      cdr,
      'tariff.elements[0].price_components[0].type',
    ],
    [
      'a component without a price',
      withComponent({ price: null }),
      cdr,
      'tariff.elements[0].price_components[0].price',
    ],
    [
      'a non-numeric price',
      withComponent({ price: 'cheap' }),
      cdr,
      'tariff.elements[0].price_components[0].price',
    ],
    [
      'a price with 7 decimals',
      withComponent({ price: 0.1234567 }),
      cdr,
      'tariff.elements[0].price_components[0].price',
    ],
    [
      'a fractional step size',
      withComponent({ step_size: 0.5 }),
      cdr,
      'tariff.elements[0].price_components[0].step_size',
    ],
    [
      'a time of day that does not exist',
      withRestrictions({ start_time: '25:00' }),
      cdr,
      'tariff.elements[0].restrictions.start_time',
    ],
    [
      'a date that does not exist',
      withRestrictions({ end_date: '2026-02-30' }),
      cdr,
      'tariff.elements[0].restrictions.end_date',
    ],
    [
      'a weekday that does not exist',
      withRestrictions({ day_of_week: ['MONTAG'] }),
      cdr,
      'tariff.elements[0].restrictions.day_of_week[0]',
    ],
    [
      'a negative duration',
      withRestrictions({ min_duration: -1 }),
      cdr,
      'tariff.elements[0].restrictions.min_duration',
    ],
    ['a minimum price without an amount', { ...tariff, min_price: {} }, cdr, 'tariff.min_price'],
    ['an unknown tax rule', { ...tariff, tax_included: 'MAYBE' }, cdr, 'tariff.tax_included'],
    [
      'a CDR without a start',
      tariff,
      { ...cdr, start_date_time: undefined },
      'cdr.start_date_time',
    ],
    ['a CDR with an invalid end', tariff, { ...cdr, end_date_time: 'later' }, 'cdr.end_date_time'],
    [
      'a CDR without periods',
      tariff,
      { ...cdr, charging_periods: undefined },
      'cdr.charging_periods',
    ],
    [
      'a period without a start',
      tariff,
      { ...cdr, charging_periods: [{ dimensions: [] }] },
      'cdr.charging_periods[0].start_date_time',
    ],
    [
      'a period without dimensions',
      tariff,
      withDimensions(undefined),
      'cdr.charging_periods[0].dimensions',
    ],
    [
      'a dimension without a volume',
      tariff,
      withDimensions([{ type: 'ENERGY' }]),
      'cdr.charging_periods[0].dimensions[0].volume',
    ],
    [
      'a non-numeric volume',
      tariff,
      withDimensions([{ type: 'ENERGY', volume: 'x' }]),
      'cdr.charging_periods[0].dimensions[0].volume',
    ],
    ['a CDR in another currency', tariff, { ...cdr, currency: 'SEK' }, 'cdr.currency'],
    ['a total without an amount', tariff, { ...cdr, total_cost: {} }, 'cdr.total_cost'],
  ])('priceOcpiCdr names the path of %s', (_words, stated, record, path) => {
    expect(problemsOf(stated, record)).toEqual([path]);
  });

  it('priceOcpiCdr names the whole document when it is not JSON or not an object', () => {
    expect(priceOcpiCdr('{"id":', JSON.stringify(cdr))).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'tariff', message: expect.stringContaining('not valid JSON') }],
    });
    expect(problemsOf([], cdr)[0]).toBe('tariff');
  });

  it('priceOcpiCdr rejects an unknown time zone, unless another one is given', () => {
    expect(problemsOf(tariff, cdr, 'Mars/Olympus')).toEqual(['timeZone']);
    const located = { ...cdr, location: { time_zone: 'Mars/Olympus' } };
    expect(problemsOf(tariff, located)).toEqual(['cdr.location.time_zone']);
    expect(problemsOf(tariff, located, 'UTC')).toEqual([]);
  });

  it('priceOcpiCdr reports the problems of tariff and CDR together', () => {
    const problems = problemsOf({ ...tariff, currency: 1 }, { ...cdr, total_cost: 'much' });
    expect(problems).toEqual(['tariff.currency', 'cdr.total_cost']);
  });
});

describe('priceOcpiCdr', () => {
  it('priceOcpiCdr reads a CDR from its OCPI response envelope', () => {
    const envelope = { data: cdr, status_code: 1000, timestamp: '2026-03-11T09:00:00Z' };
    expect(priced(tariff, envelope).total).toEqual({ exclVat: '3.00', inclVat: '3.60' });
  });

  it.each<[string, unknown, boolean]>([
    ['the same total', { excl_vat: 3, incl_vat: 3.6 }, true],
    ['the same total as text', { excl_vat: '3.00', incl_vat: '3.60' }, true],
    ['a cent more', { excl_vat: 3.01, incl_vat: 3.6 }, false],
    ['a cent more VAT', { excl_vat: 3, incl_vat: 3.61 }, false],
    ['less than a cent more', { excl_vat: 3.0001, incl_vat: 3.6 }, false],
    ['no VAT', { excl_vat: 3 }, true],
    [
      'the same total with OCPI 2.3.0 taxes',
      {
        before_taxes: 3,
        taxes: [
          { name: 'A', amount: 0.4 },
          { name: 'B', amount: 0.2 },
        ],
      },
      true,
    ],
    ['other OCPI 2.3.0 taxes', { before_taxes: 3, taxes: [{ name: 'A', amount: 0.4 }] }, false],
    ['no OCPI 2.3.0 taxes', { before_taxes: 3 }, true],
    ['no total', undefined, true],
  ])('priceOcpiCdr compares its total with a CDR that states %s', (_words, total, agrees) => {
    expect(priced(tariff, { ...cdr, total_cost: total }).agrees).toBe(agrees);
  });

  it('priceOcpiCdr prices an OCPI 2.1.1 CDR without VAT', () => {
    const result = priced(tariff, { ...cdr, total_cost: 3 });
    expect(result).toMatchObject({
      agrees: true,
      total: { exclVat: '3.00', inclVat: null },
      unrounded: { exclVat: '3', inclVat: null },
      stated: { exclVat: '3', inclVat: null },
    });
  });

  it('priceOcpiCdr prices in UTC with a note when the tariff depends on local time and no zone is stated', () => {
    const evening = withRestrictions({ start_time: '09:00' });
    expect(priced(evening, cdr)).toMatchObject({
      total: { exclVat: '0.00' },
      notes: [expect.stringContaining('UTC')],
    });
    expect(priced(evening, cdr, 'Europe/Berlin')).toMatchObject({
      total: { exclVat: '3.00' },
      notes: [],
    });
    const located = { ...cdr, location: { time_zone: 'Europe/Berlin' } };
    expect(priced(evening, located)).toMatchObject({ total: { exclVat: '3.00' }, notes: [] });
    expect(priced(tariff, cdr).notes).toEqual([]);
  });

  it('priceOcpiCdr adds a note when the tariff was not valid at the start', () => {
    const from = { start_date_time: '2026-03-11T08:00:00Z' };
    const until = (end: string) => ({ end_date_time: end });
    const notesOf = (validity: object) => priced({ ...tariff, ...validity }, cdr).notes;

    expect(notesOf({ ...from, ...until('2026-03-11T08:00:01Z') })).toEqual([]);
    const note = [expect.stringContaining('not valid')];
    expect(notesOf({ start_date_time: '2026-03-11T08:00:00.001Z' })).toEqual(note);
    expect(notesOf(until('2026-03-11T08:00:00Z'))).toEqual(note);
    expect(priced({ ...tariff, ...until('2026-01-01T00:00:00Z') }, cdr).total.exclVat).toBe('3.00');
  });

  it('priceOcpiCdr adds a note when periods name another tariff than the given one', () => {
    const naming = (...ids: (string | undefined)[]) => ({
      ...cdr,
      charging_periods: ids.map((id) => ({
        ...cdr.charging_periods[0],
        ...(id === undefined ? {} : { tariff_id: id }),
      })),
    });

    expect(priced(tariff, naming('T1', 't1', undefined)).notes).toEqual([]);
    expect(priced({ ...tariff, id: undefined }, naming('T2')).notes).toEqual([]);
    const { total, notes } = priced(tariff, naming('T1', 'T2', 'T2', 'T3'));
    expect(total.exclVat).toBe('12.00');
    expect(notes).toEqual(['The CDR names another tariff (T2, T3): all of it was priced with T1.']);
    expect(
      problemsOf(tariff, {
        ...cdr,
        charging_periods: [{ ...cdr.charging_periods[0], tariff_id: 7 }],
      }),
    ).toEqual(['cdr.charging_periods[0].tariff_id']);
  });

  it('priceOcpiCdr adds up a repeated dimension and takes a single power bound for both', () => {
    const twice = withDimensions([
      { type: 'ENERGY', volume: 4 },
      { type: 'ENERGY', volume: 6 },
      { type: 'MAX_POWER', volume: 11 },
    ]);
    const banded = withRestrictions({ min_power: 11, max_power: 12 });
    expect(priced(banded, twice).total.exclVat).toBe('3.00');
  });

  it('priceOcpiCdr ends each period where the next one starts', () => {
    const hourly = withElement({ price_components: [{ type: 'TIME', price: 3600, step_size: 0 }] });
    // 299.9 s and 300.1 s are both 0.0833 or 0.0834 h; only the timestamps distinguish them.
    const timed = {
      ...cdr,
      end_date_time: '2026-03-11T08:10:00.1Z',
      charging_periods: [
        { start_date_time: '2026-03-11T08:00:00Z', dimensions: [{ type: 'TIME', volume: 0.0833 }] },
        {
          start_date_time: '2026-03-11T08:04:59.900Z',
          dimensions: [{ type: 'TIME', volume: 0.0834 }],
        },
      ],
    };
    expect(priced(hourly, timed).unrounded.exclVat).toBe('600.1');
  });

  it.each([
    ['ENERGY', 10, '13.00'],
    ['TIME', 1, '30.00'],
    ['PARKING_TIME', 1, '60.00'],
  ])('priceOcpiCdr bills a reservation and %s in one period', (type, volume, total) => {
    const mixed = withDimensions([
      { type: 'RESERVATION_TIME', volume: 0.5 },
      { type, volume },
    ]);
    const both = {
      ...tariff,
      elements: [
        {
          price_components: [{ type: 'TIME', price: 20, step_size: 1 }],
          restrictions: { reservation: 'RESERVATION' },
        },
        {
          price_components: [
            { type: 'ENERGY', price: 0.3, step_size: 1 },
            { type: 'TIME', price: 20, step_size: 1 },
            { type: 'PARKING_TIME', price: 50, step_size: 1 },
          ],
        },
        {
          price_components: [{ type: 'FLAT', price: 99, step_size: 1 }],
          restrictions: { reservation: 'RESERVATION_EXPIRES' },
        },
      ],
    };
    expect(priced(both, mixed).total.exclVat).toBe(total);
  });

  it('priceOcpiCdr rounds reservation time up separately and names it in its line', () => {
    const hourly = [{ type: 'TIME', price: 20, step_size: 3600 }];
    const both = {
      ...tariff,
      elements: [
        { price_components: hourly, restrictions: { reservation: 'RESERVATION' } },
        { price_components: hourly },
      ],
    };
    const mixed = withDimensions([
      { type: 'RESERVATION_TIME', volume: 0.5 },
      { type: 'TIME', volume: 0.25 },
    ]);
    const { total, lines } = priced(both, mixed);
    expect(total.exclVat).toBe('40.00');
    expect(lines.map(({ reason }) => reason.split(' at ')[0])).toEqual([
      '1 h of reservation',
      '1 h of charging',
    ]);
  });

  it('priceOcpiCdr loses no digit of a volume or a price', () => {
    const exact = withDimensions([
      { type: 'ENERGY', volume: 0.1 },
      { type: 'ENERGY', volume: 0.2 },
    ]);
    const result = priced(withComponent({ price: 0.000001, step_size: 0 }), exact);
    expect(result.unrounded.exclVat).toBe('0.0000003');
  });
});

describe('timeOfHours', () => {
  const time = (hours: string, period: bigint) => {
    const decimal = parseDecimal(hours);
    return decimal === undefined ? undefined : timeOfHours(decimal, period);
  };

  it.each([
    ['0.0833', 300_000n, 300_000n],
    ['0.0833', 0n, 300_000n],
    ['0.0834', 300_000n, 300_240n],
    ['0.6666666667', 999_999_999n, 2_400_000n],
    ['1.5', 5_400_000n, 5_400_000n],
    ['0.0833', 299_900n, 299_900n],
    ['2', 0n, 7_200_000n],
    ['0', 60_000n, 0n],
  ])('timeOfHours reads %s hours in a period of %i ms as %i ms', (hours, period, expected) => {
    expect(time(hours, period)).toBe(expected);
  });
});
