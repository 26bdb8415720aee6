import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { beginLateSession, byTheHour, expectWholeChain, settleLate } from './late-plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  tariffId = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

/** A session whose bill late readings change, after one that changes nothing. */
async function charge(chargerId: string): Promise<void> {
  const session = await beginLateSession(database, operator, tariffId, chargerId);
  await session.read(40, 1666, 'onTime');
  await session.stop();
  await settleLate(database, session);
  await session.read(60, 5000);
  await settleLate(database, session);
  await session.read(59, 4000, 60);
  await session.read(61, 9000, 60);
  await settleLate(database, session);
}

/** The session in the API, without the ids of its charger. */
async function outcomeOf(chargerId: string): Promise<unknown> {
  const chain = await expectWholeChain(operator, chargerId);
  const sessions = await operator.call('GET', `/sessions?chargerId=${chargerId}`);
  return JSON.parse(
    JSON.stringify([chain.map(({ evidence: _evidence, seal: _seal, ...rest }) => rest), sessions])
      .replaceAll(chargerId, 'CP')
      .replace(/(?:ses|cdr)_[a-z2-7]{26}/g, 'id')
      .replace(/"transactionId":"[^"]*"/g, '"x":0'),
  );
}

it('a correction happens once and completely, wherever the functions are killed and run again', async () => {
  await charge('UNKILLED');
  const wanted = await outcomeOf('UNKILLED');
  expect(JSON.stringify(wanted)).toContain('id-2');

  let kills = 0;
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; ; n += 1) {
      const chargerId = `K-${when}-${n}`;
      const killed = await killAt(database, n, when, async () => await charge(chargerId));
      if (!killed) break;
      kills += 1;
      await charge(chargerId);
      expect([chargerId, await outcomeOf(chargerId)]).toEqual([chargerId, wanted]);
    }
  }

  expect(kills).toBeGreaterThan(20);
});
