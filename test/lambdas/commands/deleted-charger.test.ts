import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { sentMessages } from '../test-services.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

let count = 0;

/** A charger that answers nothing, and three commands to it: where it is connected, the first is on its way. */
async function threeCommands() {
  count += 1;
  const operator = await newOperator(database);
  const chargerId = `GONE-${count}`;
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const posted: string[] = [];
  const queued: CommandMessage[] = [];
  const clock = { late: 0 };
  const sender: Sender = {
    database,
    now: () => Date.now() + clock.late,
    post: async (_connectionId, frame) => {
      posted.push(String(JSON.parse(frame)[2]));
      return 'posted';
    },
    send: async (message) => void queued.push(message),
  };
  const connect = async (connectionId: string) =>
    await takeOver(database, chargerKey, {
      ...{ connectionId, protocol: 'ocpp1.6', connectedAt: new Date().toISOString() },
    });
  await operator.call('POST', '/chargers', { chargerId });
  await connect('c-1');
  sentMessages.length = 0;
  const ids: string[] = [];
  for (const type of ['clear-cache', 'local-list-version', 'clear-cache']) {
    const made = await operator.call('POST', `/chargers/${chargerId}/commands`, { type });
    ids.push(String(made.body['commandId']));
  }
  return {
    ...{ operator, chargerId, chargerKey, sender, posted, connect },
    deliver: async () => {
      for (const message of sentMessages.splice(0)) await handleMessage(sender, message);
    },
    meetDeadline: async () => {
      clock.late += 30_000;
      const deadline = queued.find(({ kind }) => kind === 'deadline');
      if (deadline !== undefined) await handleMessage(sender, deadline);
    },
    next: async () => await handleMessage(sender, { kind: 'next', chargerKey }),
    remove: async () => (await operator.call('DELETE', `/chargers/${chargerId}`)).status,
    states: async () =>
      await Promise.all(
        ids.map(async (id) => (await operator.call('GET', `/commands/${id}`)).body['state']),
      ),
  };
}

describe('the commands to a charger that is deleted', () => {
  it('the command on its way to a charger that is deleted ends at its deadline, and those behind it are cancelled', async () => {
    const { deliver, meetDeadline, remove, states, posted } = await threeCommands();
    await deliver();
    expect(await states()).toEqual(['sent', 'queued', 'queued']);
    expect(await remove()).toBe(204);
    await deliver();
    expect(await states()).toEqual(['sent', 'queued', 'queued']);
    await meetDeadline();
    expect(await states()).toEqual(['timed-out', 'cancelled', 'cancelled']);
    expect(posted).toEqual(['ClearCache']);
  });

  it('commands that wait for a charger that is gone are cancelled when it is deleted', async () => {
    const { deliver, remove, states, posted } = await threeCommands();
    expect(await remove()).toBe(204);
    sentMessages.reverse();
    await deliver();
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(posted).toEqual([]);
  });

  it('a charger that is registered under the id of a deleted one is sent none of its commands, and its own', async () => {
    const { operator, chargerId, remove, connect, next, states, posted } = await threeCommands();
    expect(await remove()).toBe(204);
    expect((await operator.call('POST', '/chargers', { chargerId })).status).toBe(201);
    await connect('c-2');
    const made = await operator.call('POST', `/chargers/${chargerId}/commands`, {
      type: 'local-list-version',
    });
    expect(made.status).toBe(202);
    await next();
    expect(posted).toEqual(['GetLocalListVersion']);
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});
