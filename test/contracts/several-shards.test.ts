import '../lambdas/quiet.ts';
import { expect, it } from 'vitest';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { listSessions } from '../../lambdas/store/sessions/sessions.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { countRequests } from '../lambdas/count-requests.ts';
import { at, newOperator, plugIn, settle, type TestOperator } from '../lambdas/plant.ts';
import { haveChargers } from './have-chargers.ts';
import { onEachEngine } from './on-each-engine.ts';

const chargerId = 'CP-1';
const shards = [0, 1, 2, 3, 4];

/** An operator with so many chargers, the last of which is this test's. */
async function fleetOf(database: Database, chargers: number): Promise<TestOperator> {
  const operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  await registerAs(database, operator, chargers);
  return operator;
}

/** Registers the charger as one of so many. */
async function registerAs(
  database: Database,
  operator: TestOperator,
  chargers: number,
): Promise<void> {
  await haveChargers(database, operator.operatorId, chargers - 1);
  expect((await operator.call('POST', '/chargers', { chargerId })).status).toBe(201);
}

const keyOf = ({ operatorId }: TestOperator): string => chargerKey(operatorId, chargerId);

/** A session of the charger that begins at a minute. */
async function beginAt(database: Database, operator: TestOperator, minute: number) {
  const charger = await plugIn(database, keyOf(operator));
  const begun = { connectorId: 1, idTag: 'TAG1', timestamp: at(minute), meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', begun);
  const end = async () => {
    const ended = { transactionId, timestamp: at(minute + 10), meterStop: 1000 };
    await charger.call('StopTransaction', ended);
    await settle(database, keyOf(operator));
  };
  return { transactionId: String(transactionId), end };
}

const transactionsIn = async (operator: TestOperator, state: string): Promise<unknown[]> => {
  const { body } = await operator.call('GET', `/sessions?chargerId=${chargerId}&state=${state}`);
  return (body.items ?? []).map((session) => session['transactionId']);
};

/** The ids of the sessions with held CDRs of the charger, the latest first: without a tariff each is held. */
const heldOf = async (operator: TestOperator): Promise<unknown[]> =>
  ((await operator.call('GET', `/cdrs?chargerId=${chargerId}&state=held`)).body.items ?? []).map(
    ({ sessionId }) => sessionId,
  );

onEachEngine('the lists of an operator with several shards', (database) => {
  it('the active session of a charger is listed, and only the shard of that charger is read for it', async () => {
    const operator = await fleetOf(database(), 25_000);
    const { transactionId } = await beginAt(database(), operator, 0);

    expect(await transactionsIn(operator, 'active')).toEqual([transactionId]);
    for (const [state, found] of [
      ['active', 1],
      ['void', 0],
    ] as const) {
      const owner = { kind: 'charger', chargerKey: keyOf(operator) } as const;
      const query = { states: [state], shards, limit: 5, owner };
      let items: readonly unknown[] = [];
      const { reads } = await countRequests(database(), async () => {
        items = (await listSessions(database(), operator.operatorId, query)).items;
      });
      expect(items).toHaveLength(found);
      expect(reads.filter((name) => name === 'Query')).toHaveLength(1);
    }
  });

  it('the held CDRs of a charger are listed after it was deleted, and after it was registered again in another shard', async () => {
    const operator = await fleetOf(database(), 5_000);
    await (await beginAt(database(), operator, 0)).end();
    const before = await heldOf(operator);
    expect(before).toHaveLength(1);

    expect((await operator.call('DELETE', `/chargers/${chargerId}`)).status).toBe(204);
    await haveChargers(database(), operator.operatorId, 25_000);
    expect(await heldOf(operator)).toEqual(before);

    await registerAs(database(), operator, 45_000);
    const again = await beginAt(database(), operator, 60);
    expect(await transactionsIn(operator, 'active')).toEqual([again.transactionId]);
    await again.end();
    const after = await heldOf(operator);
    expect(after).toHaveLength(2);
    expect(after[1]).toBe(before[0]);
  });
});
