import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { readVersionInForce, writeTariffVersion } from '../../../lambdas/store/tariffs/tariffs.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Tariffs');
});

afterAll(async () => {
  await database.stop();
});

const make = async (form: unknown) => await operator.call('POST', '/tariffs', form);

const paths = (answer: { body: Record<string, unknown> }) =>
  (answer.body['details'] as { path: string }[]).map(({ path }) => path);

const named = { name: 'T', currency: 'EUR' };
const energy = { type: 'ENERGY', price: '0.5' };

describe('the full form of a tariff', () => {
  it('the full form of a tariff gives its VAT to every component that states none', async () => {
    const answer = await make({
      ...named,
      vatPercent: '19',
      elements: [{ priceComponents: [energy, { type: 'FLAT', price: 1, vat: 7 }] }],
    });

    expect(answer.status).toBe(201);
    expect(answer.body['elements']).toEqual([
      {
        priceComponents: [
          { type: 'ENERGY', price: '0.5', vat: '19', stepSize: 0 },
          { type: 'FLAT', price: '1', vat: '7', stepSize: 0 },
        ],
      },
    ]);
  });

  it('the full form of a tariff takes limits as money or as a plain amount without VAT', async () => {
    const answer = await make({
      ...named,
      elements: [{ priceComponents: [energy] }],
      minPrice: { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' },
      maxPrice: 20,
    });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      minPrice: { exclVat: '1', inclVat: '1.19' },
      maxPrice: { exclVat: '20' },
    });
  });

  it('the full form of a tariff refuses a limit in another currency than its prices', async () => {
    const elements = [{ priceComponents: [energy] }];
    const minPrice = { currency: 'SEK', exclVat: '1' };

    const answer = await make({ ...named, elements, minPrice });

    expect(answer.code).toBe('INVALID_REQUEST');
    expect(paths(answer)).toEqual(['body.minPrice.currency']);
  });

  it('the full form of a tariff refuses impossible default VAT by the name of its field', async () => {
    const elements = [{ priceComponents: [energy] }];

    const answer = await make({ ...named, elements, vatPercent: '-1' });

    expect(answer.code).toBe('INVALID_TARIFF');
    expect(paths(answer)).toEqual(['vatPercent']);
  });

  it('the full form of a tariff takes steps and durations as text, like prices', async () => {
    const answer = await make({
      ...named,
      elements: [
        {
          priceComponents: [{ ...energy, stepSize: '1000' }],
          restrictions: { minDuration: '60', maxDuration: 3600 },
        },
        { priceComponents: [energy] },
      ],
    });

    expect(answer.body['elements']).toMatchObject([
      {
        priceComponents: [{ stepSize: 1000 }],
        restrictions: { minDuration: 60, maxDuration: 3600 },
      },
      {},
    ]);
  });
});

describe('the simple form of a tariff', () => {
  it('the simple form of a tariff takes limits for the price of a session', async () => {
    const answer = await make({ ...named, perKwh: '0.5', minPrice: '1', maxPrice: { exclVat: 9 } });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ minPrice: { exclVat: '1' }, maxPrice: { exclVat: '9' } });
  });

  it('the simple form of a tariff refuses contradictory limits', async () => {
    const answer = await make({ ...named, perKwh: '0.5', minPrice: 10, maxPrice: 9 });

    expect(answer.code).toBe('INVALID_TARIFF');
    expect(paths(answer)).toEqual(['maxPrice']);
  });

  it('the simple form of a tariff takes whole minutes of grace, as a number or as text', async () => {
    for (const idleGraceMinutes of [10, '10', '10.0']) {
      const answer = await make({ ...named, perKwh: '0.5', idleGraceMinutes });
      expect(answer.body['idleGraceMinutes']).toBe(10);
    }
    for (const idleGraceMinutes of [7.5, '7.5', -1, 'ten', 10_081]) {
      const answer = await make({ ...named, perKwh: '0.5', idleGraceMinutes });
      expect([idleGraceMinutes, paths(answer)]).toEqual([
        idleGraceMinutes,
        ['body.idleGraceMinutes'],
      ]);
    }
  });
});

describe('a tariff that wants signed values', () => {
  it('every form of a tariff states that it requires signed values, and omits it otherwise', async () => {
    const elements = [{ priceComponents: [energy] }];
    for (const prices of [{ perKwh: '0.5' }, { elements }]) {
      const wants = await make({ ...named, ...prices, requireSignedValues: true });
      const silent = await make({ ...named, ...prices });

      expect(wants.body['requireSignedValues']).toBe(true);
      expect(silent.body).not.toHaveProperty('requireSignedValues');
    }
  });
});

describe('a tariff that was read', () => {
  const forms = [
    { ...named, perKwh: '0.5', vatPercent: 19, idleGraceMinutes: 5, maxPrice: 20 },
    {
      ...named,
      rounding: { mode: 'half-even', scope: 'component', decimals: 3 },
      elements: [
        { priceComponents: [energy], restrictions: { startTime: '22:00', endTime: '06:00' } },
        { priceComponents: [{ ...energy, vat: '7' }] },
      ],
    },
  ];

  for (const [index, form] of forms.entries()) {
    it(`a tariff that was read can be written back unchanged: form ${index}`, async () => {
      const path = `/tariffs/${(await make(form)).body['tariffId']}`;
      const read = (await operator.call('GET', path)).body;

      const written = await operator.call('PUT', path, read);
      const again = (await operator.call('GET', path)).body;

      expect(written.status).toBe(200);
      expect({ ...again, version: 1, createdAt: read['createdAt'] }).toEqual(read);
      expect(again['version']).toBe(2);
    });
  }

  it('a tariff can be written back as it was answered at its creation', async () => {
    const made = await make(forms[0]);

    const written = await operator.call('PUT', `/tariffs/${made.body['tariffId']}`, made.body);

    expect(written.body['version']).toBe(2);
  });

  it('a change of a tariff is refused if somebody else changed it since, or if it names another one', async () => {
    const made = await make(forms[0]);
    const path = `/tariffs/${made.body['tariffId']}`;
    await operator.call('PUT', path, forms[0]);

    expect((await operator.call('PUT', path, made.body)).code).toBe('TARIFF_CHANGED');
    const strange = await operator.call('PUT', path, { ...forms[0], tariffId: 'tar_other' });
    expect(strange.code).toBe('INVALID_REQUEST');
    expect(paths(strange)).toEqual(['body.tariffId']);
  });

  it('a tariff has no id or version before it is created', async () => {
    const answer = await make({ ...named, perKwh: 1, tariffId: 'tar_mine' });

    expect(answer.code).toBe('INVALID_REQUEST');
  });
});

describe('tariffs and their versions', () => {
  it('versions of a tariff follow each other, even if our clock is behind the previous one', async () => {
    const form = { ...named, perKwh: '0.5' };
    const made = await make(form);
    const path = `/tariffs/${made.body['tariffId']}`;
    const [ahead, later] = ['2100-01-01T00:00:00.000Z', '2100-01-01T00:00:01.000Z'];
    const { createdAt: _made, warnings: _none, ...first } = made.body;
    const tariff: Tariff = { ...(first as Tariff), version: 2 };
    await writeTariffVersion(database, operator.operatorId, { createdAt: ahead, tariff });

    const third = await operator.call('PUT', path, form);

    expect(third.body).toMatchObject({ version: 3, createdAt: ahead });
    const inForce = (moment: string) =>
      readVersionInForce(database, operator.operatorId, tariff.tariffId, moment);
    expect((await inForce(later))?.tariff.version).toBe(3);
    expect((await inForce('2099-01-01T00:00:00.000Z'))?.tariff.version).toBe(1);
  });

  it('JSON numbers of a tariff are read exactly as written', async () => {
    const body =
      '{"name":"N","currency":"EUR","vatPercent":19,"perKwh":0.30,"perMinute":0.0001,"sessionFee":1e0}';

    const answer = await operator.call('POST', '/tariffs', body);

    expect(answer.status).toBe(201);
    expect(answer.body['elements']).toEqual([
      {
        priceComponents: [
          { type: 'FLAT', price: '1', vat: '19', stepSize: 0 },
          { type: 'ENERGY', price: '0.3', vat: '19', stepSize: 0 },
          { type: 'TIME', price: '0.006', vat: '19', stepSize: 0 },
          { type: 'PARKING_TIME', price: '0.006', vat: '19', stepSize: 0 },
        ],
      },
    ]);
  });

  it('a number with too many digits, or a price with too many decimals, is refused', async () => {
    const long = '{"name":"N","currency":"EUR","perKwh":0.1234567890123456789}';

    expect((await operator.call('POST', '/tariffs', long)).code).toBe('INVALID_REQUEST');
    const fine = await operator.call('POST', '/tariffs', {
      name: 'N',
      currency: 'EUR',
      perKwh: '0.1234567',
    });
    expect(fine.code).toBe('INVALID_TARIFF');
    expect(fine.body['details']).toEqual([
      expect.objectContaining({ path: 'perKwh', code: 'TARIFF_DECIMALS_EXCEEDED' }),
    ]);
  });

  it('OCPI elements of a tariff are taken unchanged, and versions are numbered', async () => {
    const form = {
      name: 'Night',
      currency: 'EUR',
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: 0.25, vat: 19, stepSize: 1 }],
          restrictions: { startTime: '22:00', endTime: '06:00', dayOfWeek: ['MONDAY'] },
        },
        { priceComponents: [{ type: 'ENERGY', price: '0.45', vat: '19' }] },
      ],
      minPrice: { exclVat: 1 },
    };

    const made = await operator.call('POST', '/tariffs', form);
    const changed = await operator.call('PUT', `/tariffs/${made.body['tariffId']}`, {
      ...form,
      name: 'Night 2',
    });

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      version: 1,
      elements: [
        { priceComponents: [{ price: '0.25', vat: '19', stepSize: 1 }] },
        { priceComponents: [{ price: '0.45', stepSize: 0 }] },
      ],
      minPrice: { exclVat: '1' },
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, name: 'Night 2' } });
  });
});
