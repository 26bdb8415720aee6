import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { addPartner, openRoaming } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('the losses of a partner', () => {
  it('a partner of 2.1.1 reads tariffs without VAT, one of 2.3.0 all of them', async () => {
    const roaming = await openRoaming(database);
    const { operator, tariffId, begin, publish } = roaming;
    const old = await addPartner(database, operator, '2.1.1');
    const recent = await addPartner(database, operator, '2.3.0');
    await old.pushToken('CARD-1');
    await begin('CARD-1');
    await publish();
    const losses = async (partnerId: unknown, query: string, by = operator) =>
      await by.call('GET', `/partners/${partnerId}/losses?${query}`);

    const tariffs = await losses(old.partnerId, 'module=tariffs&limit=1');
    expect(tariffs.body).toMatchObject({
      items: [
        {
          ...{ deliveryId: `tariffs.${tariffId}`, objectId: tariffId, reason: null },
          losses: expect.arrayContaining([
            { path: 'elements[0].priceComponents[0].vat', lost: '"19"', instead: null },
          ]),
        },
      ],
      nextCursor: null,
    });
    expect((await losses(recent.partnerId, 'module=tariffs')).body.items).toEqual([]);
    expect((await losses(old.partnerId, 'module=commands')).code).toBe('INVALID_REQUEST');
    const other = await newOperator(database);
    expect((await losses(old.partnerId, '', other)).code).toBe('PARTNER_NOT_FOUND');
  });
});
