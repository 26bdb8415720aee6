import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Forms');
});

afterAll(async () => {
  await database.stop();
});

const make = async (form: object) =>
  await operator.call('POST', '/tariffs', { name: 'T', currency: 'EUR', ...form });

const paths = (answer: { body: Record<string, unknown> }) =>
  (answer.body['details'] as { path: string }[]).map(({ path }) => path);

/** An element as it comes back: its prices by what they price, and when they hold. */
const element = (prices: Record<string, string>, restrictions?: object) => ({
  priceComponents: Object.entries(prices).map(([type, price]) => ({ type, price, stepSize: 0 })),
  ...(restrictions === undefined ? {} : { restrictions }),
});

const hours = [{ from: '17:00', to: '20:00', days: ['MONDAY'], perKwh: 0.75 }];
const tiers = [{ upToKwh: 10, perKwh: '0.3' }];

describe('a kind of tariff', () => {
  it.each<[string, object, object[]]>([
    ['simple', { perKwh: 0.5 }, [element({ ENERGY: '0.5' })]],
    ['flat', { sessionFee: 5 }, [element({ FLAT: '5' })]],
    [
      'idle',
      { idlePerMinute: '0.1', idleGraceMinutes: 15, idleCapMinutes: 120 },
      [element({ PARKING_TIME: '6' })],
    ],
    [
      'time-of-use',
      { perKwh: 0.5, hours },
      [
        element(
          { ENERGY: '0.75' },
          { startTime: '17:00', endTime: '20:00', dayOfWeek: ['MONDAY'] },
        ),
        element({ ENERGY: '0.5' }),
      ],
    ],
    [
      'tiered',
      { perKwh: 0.5, tiers },
      [element({ ENERGY: '0.3' }, { maxKwh: '10' }), element({ ENERGY: '0.5' })],
    ],
    ['free', {}, [element({ FLAT: '0' })]],
    [
      'full',
      { elements: [{ priceComponents: [{ type: 'TIME', price: 2 }] }] },
      [element({ TIME: '2' })],
    ],
  ])(
    'a tariff of kind %s is answered with its elements, which form a tariff again',
    async (kind, form, elements) => {
      const made = await make({ kind, ...form });

      expect(made).toMatchObject({ status: 201, body: { version: 1 } });
      expect(made.body['elements']).toEqual(elements);
      expect(made.body).not.toHaveProperty('kind');
      const written = await operator.call('PUT', `/tariffs/${made.body['tariffId']}`, made.body);
      expect(written.body['elements']).toEqual(elements);
      expect(written.body['version']).toBe(2);
    },
  );

  it('the kind of a tariff is recognised by its fields if it is not named', async () => {
    const named = (kind: string, form: object) => make({ kind, ...form });
    const forms: [string, object][] = [
      ['simple', { perKwh: 1, idlePerMinute: 1, idleGraceMinutes: 5, idleCapMinutes: 10 }],
      ['simple', {}],
      ['time-of-use', { hours, vatPercent: 19 }],
      ['tiered', { perKwh: 1, tiers }],
    ];
    for (const [kind, form] of forms) {
      const { tariffId: _, createdAt: __, ...told } = (await make(form)).body;
      const { tariffId: ___, createdAt: ____, ...stated } = (await named(kind, form)).body;
      expect(told).toEqual(stated);
      expect(told['version']).toBe(1);
    }
  });

  it('an unknown kind of tariff is refused', async () => {
    const answer = await make({ kind: 'dynamic', perKwh: 1 });

    expect(answer.code).toBe('INVALID_REQUEST');
    expect(answer.body['details']).toEqual([
      { path: 'body.kind', message: expect.stringContaining('time-of-use') },
    ]);
  });

  it.each<[string, object, string]>([
    ['two kinds at once', { perKwh: 1, hours, tiers }, 'body.tiers'],
    ['a flat one without its fee', { kind: 'flat' }, 'body.sessionFee'],
    [
      'a flat one with a price for energy',
      { kind: 'flat', sessionFee: 1, perKwh: 1 },
      'body.perKwh',
    ],
    ['an idle one without its price', { kind: 'idle' }, 'body.idlePerMinute'],
    ['a free one with a price', { kind: 'free', perKwh: 1 }, 'body.perKwh'],
    ['tiers that are none', { tiers: [{ perKwh: 1 }] }, 'body.tiers.0.upToKwh'],
    ['no hours', { hours: [] }, 'body.hours'],
    ['an unknown day', { hours: [{ ...hours[0], days: ['MON'] }] }, 'body.hours.0.days.0'],
    ['a list', [], 'body'],
  ])('a tariff is refused by the path of its fault: %s', async (_words, form, path) => {
    const answer = Array.isArray(form)
      ? await operator.call('POST', '/tariffs', form)
      : await make(form);

    expect([answer.code, paths(answer)[0]]).toEqual(['INVALID_REQUEST', path]);
  });

  it.each<[string, object, string]>([
    ['hours without a price', { hours: [{ from: '08:00', to: '09:00' }] }, 'hours.0'],
    ['hours at no time', { hours: [{ from: '8', to: '09:00', perKwh: 1 }] }, 'hours.0.from'],
    ['tiers out of order', { tiers: [...tiers, ...tiers] }, 'tiers.1.upToKwh'],
    ['a fee below zero', { kind: 'flat', sessionFee: -1 }, 'sessionFee'],
  ])('a tariff that cannot be priced names the fault: %s', async (_words, form, path) => {
    const answer = await make(form);

    expect([answer.code, paths(answer)]).toEqual(['INVALID_TARIFF', [path]]);
  });
});

describe('what a tariff says beside its prices', () => {
  const carried = {
    type: 'AD_HOC_PAYMENT',
    altTexts: [
      { language: 'de', text: 'Fünfzig Cent je kWh' },
      { language: 'en', text: 'Fifty cents per kWh' },
    ],
    altUrl: 'https://example.com/tariffs/street',
    validFrom: '2026-01-01T00:00:00+01:00',
    validUntil: '2027-01-01T00:00:00+01:00',
    requireSignedValues: true,
  };

  it('every kind of tariff keeps its other fields, with times in UTC', async () => {
    for (const form of [{ perKwh: 1 }, { kind: 'free' }, { tiers }, { hours }]) {
      const made = await make({ ...form, ...carried });
      const read = await operator.call('GET', `/tariffs/${made.body['tariffId']}`);

      expect(read.body).toMatchObject({
        ...carried,
        validFrom: '2025-12-31T23:00:00.000Z',
        validUntil: '2026-12-31T23:00:00.000Z',
      });
      const written = await operator.call('PUT', `/tariffs/${made.body['tariffId']}`, read.body);
      const { version: _, createdAt: __, warnings: ___, ...kept } = written.body;
      expect(read.body).toMatchObject(kept);
    }
  });

  it.each<[string, object, string]>([
    ['an unknown type', { type: 'CHEAP' }, 'body.type'],
    [
      'a language that is none',
      { altTexts: [{ language: 'german', text: 'T' }] },
      'body.altTexts.0.language',
    ],
    ['an address that is none', { altUrl: 'example' }, 'body.altUrl'],
    ['a script as an address', { altUrl: 'javascript:alert(1)' }, 'body.altUrl'],
    ['a time without a zone', { validFrom: '2026-01-01T00:00:00' }, 'body.validFrom'],
    ['an answer that is none', { requireSignedValues: 'yes' }, 'body.requireSignedValues'],
  ])('another field of a tariff is refused by its path: %s', async (_words, form, path) => {
    const answer = await make({ perKwh: 1, ...form });

    expect([answer.code, paths(answer)]).toEqual(['INVALID_REQUEST', [path]]);
  });

  it('a tariff that is never valid is refused', async () => {
    const { validFrom, validUntil } = carried;
    const answer = await make({ perKwh: 1, validFrom: validUntil, validUntil: validFrom });

    expect(answer.code).toBe('INVALID_TARIFF');
    expect(answer.body['details']).toMatchObject([
      { path: 'validUntil', code: 'TARIFF_VALIDITY_EMPTY' },
    ]);
  });
});

describe('prices that include tax', () => {
  it('prices that include tax are distinguished from those that exclude it, in short and full forms', async () => {
    for (const form of [{ perKwh: 1 }, { elements: [element({ ENERGY: '1' })] }]) {
      const made = await make({ ...form, vatPercent: 19, taxIncluded: true });

      expect(made.body['taxIncluded']).toBe(true);
    }
  });
});
