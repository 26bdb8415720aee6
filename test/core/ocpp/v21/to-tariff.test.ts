import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSetDefaultTariffRequest } from '../../../../core/ocpp/generated/v21/set-default-tariff-request.js';
import { toTariff } from '../../../../core/ocpp/v21/to-tariff.ts';
import { requests } from '../../../../core/ocpp/v21/v21-requests.ts';
import { requests as requests201 } from '../../../../core/ocpp/v201/v201-requests.ts';
import type { SimpleTariffForm } from '../../../../core/tariff/forms/simple-tariff.ts';
import { simpleTariff } from '../../../../core/tariff/forms/simple-tariff.ts';
import type { PriceComponent, Tariff, TariffTerms } from '../../../../core/tariff/model/tariff.ts';
import { tariffOf } from '../../tariff/arbitraries.ts';

const identity = { tariffId: 'tar_1', version: 1 };

const simple = (form: Partial<SimpleTariffForm>): Tariff => ({
  ...identity,
  ...simpleTariff({ name: 'AC', currency: 'EUR', ...form }),
});

const withTerms = (terms: Partial<TariffTerms>): Tariff => ({
  ...simple({ perKwh: '0.50' }),
  ...terms,
});

const element = (component: Partial<PriceComponent>, restrictions?: object) => ({
  priceComponents: [{ type: 'ENERGY', price: '0.50', stepSize: 0, ...component } as PriceComponent],
  ...(restrictions && { restrictions }),
});

const reasonOf = (tariff: Tariff): string | undefined => {
  const written = toTariff(tariff);
  return 'inexpressible' in written ? written.inexpressible : undefined;
};

const folder = fileURLToPath(new URL('../../../golden/tariff/', import.meta.url));
const golden = readdirSync(folder)
  .filter((name) => name.startsWith('session-'))
  .map((name): readonly [string, TariffTerms] => [
    name,
    JSON.parse(readFileSync(`${folder}${name}/tariff.json`, 'utf8')),
  ]);

/** Every price with its unit in the end: what a driver pays for a kWh, a minute or a session. */
const pricesIn = ({ elements }: Tariff, type: PriceComponent['type']) =>
  elements.flatMap(({ priceComponents }) => {
    const price = priceComponents.find((one) => one.type === type)?.price;
    return price === undefined ? [] : [Number(price)];
  });

const expectSame = (tariff: Tariff): void => {
  const written = toTariff(tariff);
  if ('inexpressible' in written) {
    expect(written.inexpressible).toMatch(/^OCPP 2\.1 cannot express the tariff .+: .+\.$/);
    expect(written.code).toBe('TARIFF_NOT_EXPRESSIBLE');
    return;
  }
  const request = { evseId: 0, tariff: written };
  expect(validateSetDefaultTariffRequest(request), JSON.stringify(request)).toBe(true);
  const { energy, chargingTime, idleTime, fixedFee } = written;
  const perHour = (minute: number) => Number((minute * 60).toFixed(6));
  expect(energy?.prices.map((one) => one.priceKwh) ?? []).toEqual(pricesIn(tariff, 'ENERGY'));
  expect(chargingTime?.prices.map((one) => perHour(one.priceMinute)) ?? []).toEqual(
    pricesIn(tariff, 'TIME'),
  );
  expect(idleTime?.prices.map((one) => perHour(one.priceMinute)) ?? []).toEqual(
    pricesIn(tariff, 'PARKING_TIME'),
  );
  expect(fixedFee?.prices.map((one) => one.priceFixed) ?? []).toEqual(pricesIn(tariff, 'FLAT'));
};

describe('a tariff of ours in the words of OCPP 2.1', () => {
  it('a tariff is written with the same prices in the official schema, or refused with a reason', () => {
    fc.assert(fc.property(tariffOf(fc.constantFrom(0, 1, 300)), expectSame));
  });

  it.each(golden)('the tariff of the golden case %s is written so or refused', (_name, terms) => {
    expectSame({ ...terms, ...identity });
  });

  it('prices, their VAT and the limits of the total go over', () => {
    const tariff = simple({
      vatPercent: '19',
      perKwh: '0.49',
      perMinute: '0.01',
      idlePerMinute: '0.1',
      sessionFee: '0.35',
    });
    const limits = { minPrice: { exclVat: '1', inclVat: '1.19' }, maxPrice: { exclVat: '50' } };
    const altTexts = [{ language: 'de', text: '49 Cent je kWh' }];
    const taxRates = [{ type: 'VAT', tax: 19 }];
    expect(toTariff({ ...tariff, ...limits, altTexts, validFrom: '2026-01-01T00:00:00Z' })).toEqual(
      {
        tariffId: 'tar_1',
        currency: 'EUR',
        description: [{ format: 'UTF8', language: 'de', content: '49 Cent je kWh' }],
        validFrom: '2026-01-01T00:00:00Z',
        energy: { prices: [{ priceKwh: 0.49 }], taxRates },
        chargingTime: { prices: [{ priceMinute: 0.01 }], taxRates },
        idleTime: { prices: [{ priceMinute: 0.1 }], taxRates },
        fixedFee: { prices: [{ priceFixed: 0.35 }], taxRates },
        minCost: { exclTax: 1, inclTax: 1.19 },
        maxCost: { exclTax: 50 },
      },
    );
  });

  it('restrictions go over in their order, in Wh, W and seconds', () => {
    const restrictions = {
      startTime: '22:00',
      endTime: '06:00',
      startDate: '2026-01-01',
      endDate: '2026-07-01',
      dayOfWeek: ['SATURDAY', 'SUNDAY'],
      minKwh: '1.5',
      maxKwh: '20',
      minCurrent: '6',
      maxCurrent: '32',
      minPower: '3.7',
      maxPower: '22',
      minDuration: 600,
      maxDuration: 7200,
    };
    const tariff = withTerms({ elements: [element({}, restrictions), element({ price: '0.9' })] });
    expect(toTariff(tariff)).toMatchObject({
      energy: {
        prices: [
          {
            priceKwh: 0.5,
            conditions: {
              startTimeOfDay: '22:00',
              endTimeOfDay: '06:00',
              validFromDate: '2026-01-01',
              validToDate: '2026-07-01',
              dayOfWeek: ['Saturday', 'Sunday'],
              minEnergy: 1500,
              maxEnergy: 20_000,
              minCurrent: 6,
              maxCurrent: 32,
              minPower: 3700,
              maxPower: 22_000,
              minTime: 600,
              maxTime: 7200,
            },
          },
          { priceKwh: 0.9 },
        ],
      },
    });
  });

  it.each([
    ['prices that include VAT', { taxIncluded: true }],
    ['a grace period', { idleGraceMinutes: 10 }],
    ['a cap of idle time', { idleCapMinutes: 60 }],
    ['signed meter values', { requireSignedValues: true }],
    ['an end', { validUntil: '2027-01-01T00:00:00Z' }],
    ['rounding of its own', { rounding: { mode: 'half-even', scope: 'total' } as const }],
    ['other decimals', { rounding: { mode: 'half-up', scope: 'total', decimals: 4 } as const }],
    ['steps', { elements: [element({ stepSize: 500 })] }],
    ['prices of reservations', { elements: [element({}, { reservation: 'RESERVATION' })] }],
    [
      'an hourly price that is no exact one of a minute',
      { elements: [element({ type: 'TIME', price: '0.1' })] },
    ],
    [
      'different VAT of one kind of price',
      { elements: [element({ vat: '7' }, { maxKwh: '5' }), element({ vat: '19' })] },
    ],
    [
      'VAT on a part of one kind of price',
      { elements: [element({ vat: '7' }, { maxKwh: '5' }), element({})] },
    ],
    ['several fees', { elements: [element({ type: 'FLAT' }), element({ type: 'FLAT' })] }],
    ['a restricted fee', { elements: [element({ type: 'FLAT' }, { startTime: '08:00' })] }],
  ])('a tariff with %s is refused', (_what, terms: Partial<TariffTerms>) => {
    expect(reasonOf(withTerms(terms))).toMatch(/^OCPP 2\.1 cannot express the tariff tar_1: .+\.$/);
  });
});

describe('the commands about tariffs', () => {
  const tariff = simple({ perKwh: '0.50' });
  const fields = { evseId: 1 };

  it('a default tariff and that of a transaction are sent as ours, and otherwise as the command has them', () => {
    expect(requests.write({ type: 'set-default-tariff', fields, tariff }, 1)).toEqual({
      kind: 'written',
      action: 'SetDefaultTariff',
      payload: { evseId: 1, tariff: toTariff(tariff) },
    });
    const ofTransaction = {
      type: 'change-transaction-tariff',
      fields: { transactionId: 't' },
    } as const;
    expect(requests.write({ ...ofTransaction, tariff }, 1)).toMatchObject({
      payload: { transactionId: 't', tariff: toTariff(tariff) },
    });
    const own = { tariffId: 'x', currency: 'EUR' };
    expect(
      requests.write({ type: 'set-default-tariff', fields: { evseId: 0, tariff: own } }, 1),
    ).toMatchObject({
      payload: { evseId: 0, tariff: own },
    });
  });

  it('a tariff that cannot be expressed is refused by name, and any by OCPP 2.0.1', () => {
    const refused = { ...tariff, taxIncluded: true };
    expect(
      requests.write({ type: 'set-default-tariff', fields, tariff: refused }, 1),
    ).toMatchObject({
      kind: 'refused',
      code: 'TARIFF_NOT_EXPRESSIBLE',
    });
    expect(requests201.write({ type: 'set-default-tariff', fields, tariff }, 1)).toMatchObject({
      kind: 'refused',
      code: 'NOT_SUPPORTED_BY_VERSION',
    });
  });

  it.each([
    ['accepted', { status: 'Accepted' }],
    ['rejected', { status: 'Rejected', statusInfo: { reasonCode: 'TooManyElements' } }],
    ['rejected', { status: 'ConditionNotSupported' }],
  ])('a default tariff is %s by %j', (kind, answer) => {
    expect(requests.readResult('SetDefaultTariff', JSON.stringify(answer))).toMatchObject({ kind });
  });
});
