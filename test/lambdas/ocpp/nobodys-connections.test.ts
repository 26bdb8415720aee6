import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { meterValues, newOperator, plugIn } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

const quarterHour = 900_000;

/** A charger with so many connections, each of which took over from the one before and closed none. */
async function connected(chargerId: string, count: number) {
  const operator = await newOperator(database);
  await operator.call('POST', '/chargers', { chargerId });
  const { step } = await plugIn(database, chargerId);
  const ids = Array.from({ length: count }, (_, index) => `${chargerId}-${index}`);
  const connectedAt = new Date(step.connectedAt).toISOString();
  for (const connectionId of ids) {
    await takeOver(database, step.charger.chargerKey, {
      connectionId,
      protocol: 'ocpp1.6',
      connectedAt,
    });
  }
  const open = new Set(ids);
  const close = async (connectionId: string) => {
    open.delete(connectionId);
    return 'closed' as const;
  };
  /** Sends a message over each connection, so many ms after they were made. */
  const send = async (text: string, after: number) => {
    const now = step.connectedAt + after;
    return await Promise.all(
      ids.map(async (connectionId) => answerMessage({ ...step, connectionId, now, close }, text)),
    );
  };
  return { ids, open, send };
}

it('of 500 connections whose handshakes died after they took over, the heartbeats of a quarter of an hour leave one', async () => {
  const { ids, open, send } = await connected('ORPHANS-1', 500);

  const answers = await send('[2,"h","Heartbeat",{}]', quarterHour);

  expect(answers.every((frame) => frame?.startsWith('[3,"h"'))).toBe(true);
  expect([...open]).toEqual(ids.slice(-1));
});

it("a reading outside of a session closes a connection that is not its charger's own, and is stored nevertheless", async () => {
  const { ids, open, send } = await connected('ORPHANS-2', 3);
  const at = new Date(Date.UTC(2026, 3, 14, 16)).toISOString();
  const text = JSON.stringify([2, 'r', 'MeterValues', meterValues(at, 5)]);

  const answers = await send(text, quarterHour);

  expect(answers).toEqual(ids.map(() => '[3,"r",{}]'));
  expect([...open]).toEqual(ids.slice(-1));
});

it('the connection of a charger stays open, however long it lasts', async () => {
  const { ids, open, send } = await connected('ORPHANS-3', 1);

  for (const quarter of [1, 2, 3, 4]) await send('[2,"h","Heartbeat",{}]', quarter * quarterHour);

  expect([...open]).toEqual(ids);
});
