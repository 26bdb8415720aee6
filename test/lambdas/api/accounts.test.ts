import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginLateSession, settleLate } from '../corrections/late-plant.ts';
import { type Body, newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const payer = {
  accountId: 'customer-17',
  name: 'Bakery Miller',
  email: 'office@bakery.example',
  externalRef: 'D-10017',
  currency: 'EUR',
  vatId: 'DE123456789',
  limits: { energyKwh: 500, inclVat: '250.00' },
} as const;

describe('an account', () => {
  it('an account is shown as it was created, and changes are made each on its own', async () => {
    const operator = await newOperator(database);
    const created = await operator.call('POST', '/accounts', payer);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...payer, version: 1 });
    expect((await operator.call('POST', '/accounts', payer)).code).toBe('ACCOUNT_EXISTS');

    const path = '/accounts/customer-17';
    await Promise.all([
      operator.call('PATCH', path, { name: 'Bakery' }),
      operator.call('PATCH', path, { vatId: null, email: null }),
      operator.call('PATCH', path, { limits: { energyKwh: '0.5' } }),
    ]);

    expect((await operator.call('GET', path)).body).toMatchObject({
      name: 'Bakery',
      vatId: null,
      email: null,
      externalRef: 'D-10017',
      limits: { energyKwh: 0.5, inclVat: null },
      use: { energyKwh: 0, inclVat: '0.00', reached: [] },
      version: 4,
    });
    const late = await operator.call('PATCH', path, { name: 'Late', version: 2 });
    expect(late.code).toBe('ACCOUNT_CHANGED');
    expect((await operator.call('GET', '/accounts')).body.items).toMatchObject([
      { accountId: 'customer-17' },
    ]);
    expect((await operator.call('DELETE', path)).status).toBe(204);
    expect((await operator.call('GET', path)).code).toBe('ACCOUNT_NOT_FOUND');
  });

  it('an account without an id gets one, and without limits it uses none of any', async () => {
    const operator = await newOperator(database);
    const { body } = await operator.call('POST', '/accounts', { name: 'N', currency: 'CHF' });
    expect(body['accountId']).toMatch(/^acc_[a-z2-7]{16}$/);
    const { body: shown } = await operator.call('GET', `/accounts/${body['accountId']}`);
    expect(shown).toMatchObject({ limits: { energyKwh: null, inclVat: null }, use: null });
  });

  it.each([
    ['a currency that does not exist', { currency: 'EUX' }, 'body.currency'],
    ['a VAT number that its country does not write so', { vatId: 'DE12' }, 'body.vatId'],
    ['an e-mail address that is none', { email: 'office' }, 'body.email'],
    ['a limit below 0', { limits: { energyKwh: -1 } }, 'body.limits.energyKwh'],
    ['a limit finer than money', { limits: { inclVat: '1.00001' } }, 'body.limits.inclVat'],
    ['an id that no path can carry', { accountId: 'a/b' }, 'body.accountId'],
  ])('an account with %s is refused by the name of the field', async (_, wrong, path) => {
    const operator = await newOperator(database);
    const { code, body } = await operator.call('POST', '/accounts', { ...payer, ...wrong });
    expect(code).toBe('INVALID_REQUEST');
    expect(body['details']).toMatchObject([{ path }]);
  });
});

/** An operator whose account has two sessions of 10 kWh and one that was corrected from 4.50 to 3.60 EUR. */
async function billedOperator(): Promise<TestOperator> {
  const operator = await newOperator(database);
  const element = (price: string, more: object = {}) => ({
    priceComponents: [{ type: 'ENERGY', price, vat: '19', stepSize: 1 }],
    ...more,
  });
  const tariff = {
    name: 'By the hour',
    currency: 'EUR',
    elements: [
      element('0.60', { restrictions: { startTime: '17:00', endTime: '18:00' } }),
      element('0.30'),
    ],
  };
  const tariffId = (await operator.call('POST', '/tariffs', tariff)).body['tariffId'];
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: '=cmd|' });
  for (let n = 0; n < 3; n += 1) {
    const session = await beginLateSession(database, operator, tariffId);
    await session.stop();
    await settleLate(database, session);
    if (n > 0) continue;
    await session.read(60, 8000);
    expect(await settleLate(database, session)).toEqual(['corrected']);
  }
  return operator;
}

describe('a statement', () => {
  it('a statement has every CDR of the month with its credits and corrections, and the same sums as JSON, CSV and page', async () => {
    const operator = await billedOperator();
    const path = `/accounts/${encodeURIComponent('=cmd|')}/statements/2026-04`;

    const { body } = await operator.call('GET', path);
    const csv = String((await operator.call('GET', `${path}/csv`)).body);
    const page = String((await operator.call('GET', `${path}/page`)).body);

    expect(body['sums']).toEqual([
      {
        currency: 'EUR',
        sessions: 3,
        energyKwh: 30,
        total: { currency: 'EUR', exclVat: '12.60', inclVat: '15.00' },
        vat: [{ vatPercent: '19', exclVat: '12.60', vat: '2.40', inclVat: '15.00' }],
      },
    ]);
    const cdrs = body['cdrs'] as readonly Body[];
    expect(cdrs.map(({ energyKwh }) => energyKwh).toSorted()).toEqual([-10, 10, 10, 10, 10]);
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(6);
    const column = lines[0]?.split(',').indexOf('inclVat') ?? -1;
    const cents = lines.slice(1).map((line) => Math.round(Number(line.split(',')[column]) * 100));
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(1500);
    expect(page).toContain('15.00 EUR');
    expect(page).toContain('12.60 EUR without VAT');
    expect((await operator.call('GET', path.replace('04', '03'))).code).toBe('ACCOUNT_NOT_FOUND');
    expect((await operator.call('GET', path.replace('04', '13'))).code).toBe('INVALID_REQUEST');
  });

  it('a page of an account whose name is HTML shows the name, and a token that is a formula is a text in the CSV', async () => {
    const operator = await newOperator(database);
    const evil = { accountId: 'evil', name: '<script>alert(1)</script>', currency: 'EUR' };
    await operator.call('POST', '/accounts', evil);
    await operator.call('POST', '/tokens', { tokenId: '=1+1', accountId: 'evil' });
    const tariff = { name: 'T', currency: 'EUR', perKwh: '0.5' };
    const tariffId = (await operator.call('POST', '/tariffs', tariff)).body['tariffId'];
    await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'evil' });
    const session = await beginLateSession(database, operator, tariffId);
    await session.stop();
    await settleLate(database, session);
    const path = '/accounts/evil/statements/2026-04';
    const page = String((await operator.call('GET', `${path}/page`)).body);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });
});
