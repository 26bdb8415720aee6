import { describe, expect, it } from 'vitest';
import { simpleTariff } from '../../../core/tariff/forms/simple-tariff.ts';
import { validateSimpleTariff } from '../../../core/tariff/forms/validate-forms.ts';
import type {
  PriceComponent,
  Rounding,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../../core/tariff/model/tariff.ts';
import { tariffMoment } from '../../../core/tariff/model/tariff-moment.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { promoCodeFits } from '../../../core/tariff/promo-code/promo-code.ts';
import { conditionsOf } from '../../../core/tariff/rate/conditions.ts';
import { measuredHolds } from '../../../core/tariff/rate/conditions-hold.ts';
import { lintTariff, type TariffWarning } from '../../../core/tariff/validate/lint-tariff.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { at, meteredOf } from './described-session.ts';

const price = (type: PriceComponent['type'], stated: Partial<PriceComponent> = {}) => ({
  type,
  price: '1',
  stepSize: 0,
  ...stated,
});

const terms = (stated: Partial<TariffTerms>): TariffTerms => ({
  name: 'T',
  currency: 'EUR',
  elements: [{ priceComponents: [price('ENERGY')] }],
  rounding: { mode: 'half-up', scope: 'total' },
  ...stated,
});

const priced = (...priceComponents: readonly PriceComponent[]): TariffTerms =>
  terms({ elements: [{ priceComponents }] });

const restricted = (restrictions: TariffRestrictions, type: PriceComponent['type'] = 'TIME') =>
  terms({ elements: [{ priceComponents: [price(type)], restrictions }] });

const rounded = (decimals: number): TariffTerms => {
  const rounding: Rounding = { mode: 'half-up', scope: 'total', decimals };
  return terms({ rounding });
};

const problems = (stated: TariffTerms) =>
  validateTariff(stated).map(({ path, code }) => [path, code]);

describe('validateTariff at the limits of its ranges', () => {
  it.each([
    ['a price of 1000000000', priced(price('ENERGY', { price: '1000000000' }))],
    ['a step size of 1000000000', priced(price('ENERGY', { stepSize: 1_000_000_000 }))],
    ['a total rounded to 0 decimals', rounded(0)],
    ['a total rounded to 6 decimals', rounded(6)],
  ])('validateTariff accepts %s', (_words, stated) => {
    expect(problems(stated)).toEqual([]);
  });

  const component = 'elements.0.priceComponents.0';
  const restrictions = 'elements.0.restrictions';

  it.each<[string, TariffTerms, string, string]>([
    [
      'a price above 1000000000',
      priced(price('ENERGY', { price: '1000000000.000001' })),
      `${component}.price`,
      'TARIFF_VALUE_TOO_LARGE',
    ],
    [
      'a step size above 1000000000',
      priced(price('ENERGY', { stepSize: 1_000_000_001 })),
      `${component}.stepSize`,
      'TARIFF_VALUE_TOO_LARGE',
    ],
    ['a negative number of decimals', rounded(-1), 'rounding.decimals', 'TARIFF_ROUNDING_INVALID'],
    [
      'a fractional number of decimals',
      rounded(0.5),
      'rounding.decimals',
      'TARIFF_ROUNDING_INVALID',
    ],
    [
      'a non-numeric maximum price with VAT',
      terms({ minPrice: { exclVat: '1' }, maxPrice: { exclVat: '2', inclVat: 'x' } }),
      'maxPrice.inclVat',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a minimum price that is lower with VAT than without',
      terms({ minPrice: { exclVat: '5', inclVat: '4.99' } }),
      'minPrice.inclVat',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'a maximum price that is lower with VAT than without',
      terms({ maxPrice: { exclVat: '5', inclVat: '4.99' } }),
      'maxPrice.inclVat',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'an idle time cap of half a minute',
      terms({ idleCapMinutes: 0.5 }),
      'idleCapMinutes',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a non-numeric maximum energy',
      restricted({ minKwh: '1', maxKwh: 'x' }),
      `${restrictions}.maxKwh`,
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a non-numeric minimum energy',
      restricted({ minKwh: 'x', maxKwh: '1' }),
      `${restrictions}.minKwh`,
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a maximum duration of half a second',
      restricted({ minDuration: 60, maxDuration: 0.5 }),
      `${restrictions}.maxDuration`,
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'an end date that does not exist',
      restricted({ startDate: '2026-03-01', endDate: '2026-02-30' }),
      `${restrictions}.endDate`,
      'TARIFF_DATE_INVALID',
    ],
    [
      'a start time with a three-digit hour',
      restricted({ startTime: '108:00' }),
      `${restrictions}.startTime`,
      'TARIFF_TIME_INVALID',
    ],
    [
      'a start time with a three-digit minute',
      restricted({ startTime: '08:000' }),
      `${restrictions}.startTime`,
      'TARIFF_TIME_INVALID',
    ],
    [
      'a parking price for a reservation',
      restricted({ reservation: 'RESERVATION_EXPIRES' }, 'PARKING_TIME'),
      `${component}.type`,
      'TARIFF_RESERVATION_DIMENSION',
    ],
  ])('validateTariff rejects %s', (_words, stated, path, code) => {
    expect(problems(stated)).toEqual([[path, code]]);
  });

  it.each<[TariffTerms, string]>([
    [priced(price('ENERGY', { stepSize: 1_000_000_001 })), '1000000001 is larger than 1000000000.'],
    [
      terms({ minPrice: { exclVat: '5', inclVat: '4.99' } }),
      'The limit is smaller with VAT than without.',
    ],
  ])('validateTariff explains a rejected number in one sentence (case %#)', (stated, message) => {
    expect(validateTariff(stated).map((problem) => problem.message)).toEqual([message]);
  });

  it('validateTariff accepts a range that is bounded on one side only', () => {
    const open: readonly TariffRestrictions[] = [
      { startDate: '2026-01-01' },
      { endDate: '2026-01-01' },
      { minKwh: '1' },
      { maxKwh: '1' },
      { minDuration: 1 },
      { maxDuration: 1 },
      { reservation: 'RESERVATION' },
    ];
    for (const one of open) expect(problems(restricted(one))).toEqual([]);
    const limits = { minPrice: { exclVat: '1', inclVat: '3' }, maxPrice: { exclVat: '2' } };
    expect(problems(terms(limits))).toEqual([]);
  });

  it('validateTariff states the unit of an empty window in its message', () => {
    const stated = restricted({ minDuration: 60, maxDuration: 30 });
    expect(validateTariff(stated)[0]?.message).toBe(
      'The window from 60 s to below 30 s is empty, so its element never applies.',
    );
  });
});

describe('simple tariff form', () => {
  it('simpleTariff turns a form without prices into a session fee of 0', () => {
    expect(simpleTariff({ name: 'T', currency: 'EUR' })).toStrictEqual({
      name: 'T',
      currency: 'EUR',
      elements: [{ priceComponents: [{ type: 'FLAT', price: '0', stepSize: 0 }] }],
      rounding: { mode: 'half-up', scope: 'total' },
    });
  });

  it('validateSimpleTariff rejects a non-numeric price per idle minute', () => {
    const form = { name: 'T', currency: 'EUR', idlePerMinute: 'x' };
    expect(validateSimpleTariff(form)).toMatchObject([
      { path: 'idlePerMinute', code: 'TARIFF_NUMBER_INVALID' },
    ]);
  });
});

describe('maximum price without VAT', () => {
  const cost = (maxPrice: string, ...components: readonly PriceComponent[]) => {
    const tariff = { ...terms({ maxPrice: { exclVat: maxPrice } }), tariffId: 't', version: 1 };
    const elements = [{ priceComponents: components }];
    const session = meteredOf({
      timeZone: 'UTC',
      startedAt: '2026-04-14T08:00:00Z',
      endedAt: '2026-04-14T09:00:00Z',
      series: [
        ['2026-04-14T08:00:00Z', '0'],
        ['2026-04-14T09:00:00Z', '10'],
      ],
      activities: [['2026-04-14T08:00:00Z', 'charging']],
    });
    return priceSession({ ...tariff, elements }, session, 'UTC').total;
  };

  it('a maximum price without VAT lowers the VAT in the same proportion', () => {
    // 10.00 at 20 % and 10.00 at 10 %, capped at half of the sum.
    const energy = price('ENERGY', { vat: '20' });
    const fee = price('FLAT', { price: '10', vat: '10' });
    expect(cost('10', energy, fee)).toMatchObject({ exclVat: '10.00', inclVat: '11.50' });
  });

  it('a maximum price without VAT changes nothing when the rounded price equals it', () => {
    // 9.995 and 11.89405 are 10.00 and 11.89; 19 % on 10.00 would be 11.90.
    const energy = price('ENERGY', { price: '0.9995', vat: '19' });
    expect(cost('10', energy)).toMatchObject({ exclVat: '10.00', inclVat: '11.89' });
  });
});

describe('tariff restrictions', () => {
  it('a restriction on an unmeasured quantity fails, with a lower or an upper bound', () => {
    expect(measuredHolds({ from: 10n }, undefined)).toBe(false);
    expect(measuredHolds({ until: 10n }, undefined)).toBe(false);
  });

  it('conditionsOf throws for a date that does not exist', () => {
    expect(() => conditionsOf({ startDate: '2026-02-30' })).toThrow('"2026-02-30" is not a date.');
  });
});

describe('lintTariff', () => {
  const always = (...types: readonly PriceComponent['type'][]): TariffElement => ({
    priceComponents: types.map((type) => price(type)),
  });
  const when = (
    restrictions: TariffRestrictions,
    ...types: readonly PriceComponent['type'][]
  ): TariffElement => ({ ...always(...types), restrictions });
  const warnings = (...elements: readonly TariffElement[]) => lintTariff(terms({ elements }));
  const warning = (
    path: string,
    code: TariffWarning['code'],
    message: string,
  ): readonly TariffWarning[] => [{ path, code, message }];

  it('lintTariff names the price that is never reached and the element that precedes it', () => {
    const elements = [always('TIME', 'FLAT'), when({ minKwh: '10' }, 'ENERGY', 'TIME')];
    expect(warnings(...elements, always('ENERGY'))).toEqual(
      warning(
        'elements.1.priceComponents.1',
        'TARIFF_PRICE_UNREACHABLE',
        'This TIME price never applies: element 0 comes first and prices TIME without restrictions.',
      ),
    );
  });

  it('lintTariff gives no warning about reservation prices beside session prices', () => {
    expect(
      warnings(always('TIME', 'FLAT'), when({ reservation: 'RESERVATION' }, 'TIME', 'FLAT')),
    ).toEqual([]);
    expect(warnings(when({ reservation: 'RESERVATION' }, 'TIME'), always('ENERGY'))).toEqual([]);
  });

  it('lintTariff warns of a weekday window that crosses midnight', () => {
    const night: TariffRestrictions = { startTime: '20:00', endTime: '06:00' };
    expect(warnings(when({ ...night, dayOfWeek: ['MONDAY'] }, 'ENERGY'), always('ENERGY'))).toEqual(
      warning(
        'elements.0.restrictions.dayOfWeek',
        'TARIFF_WINDOW_WRAPS_DAYS',
        'The window crosses midnight: after midnight the weekday of the new day applies, not that of the evening.',
      ),
    );
  });

  it.each<TariffRestrictions>([
    { startTime: '20:00', endTime: '06:00' },
    { startTime: '20:00', endTime: '06:00', dayOfWeek: [] },
    { startTime: '20:00', endTime: '00:00', dayOfWeek: ['MONDAY'] },
    { startTime: '06:00', endTime: '06:00', dayOfWeek: ['MONDAY'] },
    { startTime: '06:00', endTime: '20:00', dayOfWeek: ['MONDAY'] },
    { startTime: '20:00', dayOfWeek: ['MONDAY'] },
    { endTime: '06:00', dayOfWeek: ['MONDAY'] },
    { dayOfWeek: ['MONDAY'] },
  ])('lintTariff gives no warning about crossing midnight for %j', (restrictions) => {
    expect(warnings(when(restrictions, 'ENERGY'), always('ENERGY'))).toEqual([]);
  });

  it('lintTariff warns that current is not measured', () => {
    expect(warnings(when({ maxCurrent: '16' }, 'ENERGY'), always('ENERGY'))).toEqual(
      warning(
        'elements.0.restrictions',
        'TARIFF_CURRENT_UNMEASURED',
        'Sessions of your own chargers are priced without current measurements, so this element never applies to them.',
      ),
    );
  });

  it('lintTariff warns that a dimension is free outside its windows', () => {
    expect(warnings(when({ dayOfWeek: ['MONDAY'] }, 'ENERGY'), when({}, 'TIME'))).toEqual(
      warning(
        'elements',
        'TARIFF_DIMENSION_GAPS',
        'ENERGY is free whenever no restricted element applies: there is no ENERGY price without restrictions.',
      ),
    );
  });
});

describe('tariffMoment', () => {
  it('tariffMoment uses the charger time when the receipt time is unreadable', () => {
    expect(tariffMoment('2026-05-20T08:00:00Z', '')).toBe('2026-05-20T08:00:00.000Z');
  });

  it('tariffMoment ignores a charger clock that was never set', () => {
    expect(tariffMoment('1970-01-01T00:01:00Z', '')).toBeUndefined();
  });
});

describe('promoCodeFits', () => {
  it('promoCodeFits throws when the validity of a promo code is unreadable', () => {
    const promo = {
      code: 'X',
      benefit: { kind: 'percent', percent: '10' },
      validFrom: 'spring',
    } as const;
    const redemption = {
      at: at('2026-04-14T08:00:00Z'),
      tariff: { tariffId: 't', currency: 'EUR' },
      uses: 0,
      usesOfAccount: 0,
    };
    expect(() => promoCodeFits(promo, redemption)).toThrow('"spring" is not an instant.');
  });
});
