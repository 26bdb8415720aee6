import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginSession, type RunningReadings } from '../begin-session.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
  const codes = [
    { code: 'HALF', kind: 'percent', percent: '50' },
    { code: 'TWO', kind: 'kWh', kwh: '2' },
    { code: 'LENT', kind: 'kWh', kwh: '2' },
    { code: 'OVER', kind: 'percent', percent: '50', validUntil: '2020-01-01T00:00:00Z' },
  ];
  for (const code of codes) await operator.call('POST', '/promo-codes', code);
  await operator.call('POST', '/tokens', { tokenId: 'PLAIN' });
  await operator.call('POST', '/tokens', { tokenId: 'CARRIES-ONE', promoCode: 'lent' });
  await operator.call('POST', '/tokens', { tokenId: 'CARRIES-OVER', promoCode: 'over' });
});

afterAll(async () => {
  await database.stop();
});

const begin = (idTag: string) => beginSession(database, operator, { idTag, tariffId });

const redeem = ({ sessionId }: RunningReadings, code: string) =>
  operator.call('POST', `/sessions/${sessionId}/promo-code`, { code });

const costOf = async (session: RunningReadings): Promise<unknown> => {
  const { cost } = (await session.shown()) as { cost: { exclVat: string } | null };
  return cost?.exclVat;
};

describe('the running cost of a session', () => {
  it('the running cost is reduced from the redemption of a promo code on, with every reading', async () => {
    const session = await begin('PLAIN');
    await session.read(4000);
    expect(await costOf(session)).toBe('2.00');

    await redeem(session, 'HALF');
    expect(await costOf(session)).toBe('1.00');
    await redeem(session, 'HALF');
    await session.read(6000);
    expect(await costOf(session)).toBe('1.50');

    await session.end();
    expect(await costOf(session)).toBe('2.50');
  });

  it('the running cost includes a promo code redeemed before the first reading', async () => {
    const session = await begin('PLAIN');
    await redeem(session, 'TWO');
    await session.read(4000);

    expect(await costOf(session)).toBe('1.00');
  });

  it('the running cost includes the promo code of its token, until another one is redeemed', async () => {
    const session = await begin('CARRIES-ONE');
    await session.read(4000);
    expect(await costOf(session)).toBe('1.00');
    expect((await operator.call('GET', '/promo-codes/LENT')).body).toMatchObject({ usesSoFar: 0 });

    await redeem(session, 'HALF');
    await session.read(8000);
    expect(await costOf(session)).toBe('2.00');
    await session.end();
    expect(await costOf(session)).toBe('2.50');
  });

  it('the running cost does not include a promo code of its token that cannot be redeemed', async () => {
    const session = await begin('CARRIES-OVER');
    await session.read(4000);

    expect(await costOf(session)).toBe('2.00');
  });
});
