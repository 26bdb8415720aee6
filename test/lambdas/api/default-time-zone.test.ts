import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPusher } from '../../../lambdas/push/pusher.ts';
import { readApiKey } from '../../../lambdas/store/operators/api-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('the time zone in the settings of an operator', () => {
  it('the settings name the time zone of chargers without one, nor a location', async () => {
    const { call } = await newOperator(database);
    const zoneOf = async () => (await call('GET', '/chargers/ZONED')).body['timeZone'];
    await call('POST', '/chargers', { chargerId: 'ZONED' });
    expect(await zoneOf()).toBe('UTC');
    expect((await call('PUT', '/settings', { timeZone: 'Europe/Atlantis' })).code).toBe(
      'INVALID_REQUEST',
    );
    await call('PUT', '/settings', { timeZone: 'Europe/Berlin' });
    expect((await call('GET', '/settings')).body['timeZone']).toBe('Europe/Berlin');
    expect(await zoneOf()).toBe('Europe/Berlin');
    await call('PATCH', '/chargers/ZONED', { timeZone: 'Europe/Lisbon' });
    expect(await zoneOf()).toBe('Europe/Lisbon');
    await call('PUT', '/settings', {});
    await call('PATCH', '/chargers/ZONED', { timeZone: null });
    expect(await zoneOf()).toBe('UTC');
  });

  it('sessions that are pushed by a key without a time zone or a wallbox are in that of the settings', async () => {
    const { call } = await newOperator(database);
    const facts = { name: 'Gateway', scopes: ['sessions:push'] };
    const zoneOf = async (form: object) => {
      const { body } = await call('POST', '/api-keys', { ...facts, ...form });
      const apiKey = await readApiKey(database, String(body['apiKeyId']));
      return apiKey && (await readPusher(database, apiKey)).facts.timeZone;
    };
    expect(await zoneOf({})).toBe('UTC');
    await call('PUT', '/settings', { timeZone: 'Europe/Berlin' });
    expect(await zoneOf({})).toBe('Europe/Berlin');
    expect(await zoneOf({ timeZone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
  });
});
