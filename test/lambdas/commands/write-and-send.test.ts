import '../quiet.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { orderCommand } from '../../../lambdas/ocpi/commands/order-command.ts';
import type { OcpiCaller } from '../../../lambdas/ocpi/ocpi-caller.ts';
import { readChargerAndConnection } from '../../../lambdas/store/chargers/charger-and-connection.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { isPasswordOpen } from '../../../lambdas/store/chargers/password-sent.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { createCommand, listCommands } from '../../../lambdas/store/commands/commands.ts';
import { readWaitingFor } from '../../../lambdas/store/commands/waiting-for.ts';
import { askForProfile } from '../../../lambdas/webhooks/ask-for-profile.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { newOperator, plugIn } from '../plant.ts';
import { sentMessages, testServices } from '../test-services.ts';
import { taken } from './taken.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});
beforeEach(() => {
  // Other files may have left some.
  sentMessages.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

let count = 0;

/** A connected charger, and a sender of commands whose queue is delivered when the test says so. */
async function placeOf(protocol = 'ocpp1.6') {
  count += 1;
  const operator = await newOperator(database);
  const chargerId = `SENT-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: `c-${count}`, protocol, connectedAt });
  const clock = { late: 0 };
  const posted: string[] = [];
  const queue: { readonly message: CommandMessage; readonly seconds: number }[] = [];
  const sender: Sender = {
    database,
    now: () => Date.now() + clock.late,
    post: async (_connectionId, frame) => {
      posted.push(frame);
      return 'posted';
    },
    send: async (message, seconds = 0) => void queue.push({ message, seconds }),
  };
  const deliver = async (message: CommandMessage | undefined): Promise<void> => {
    if (message === undefined) throw new Error('No message is there');
    await handleMessage(sender, message);
  };
  const commands = async () => (await listCommands(database, chargerKey, { limit: 50 })).items;
  const path = `/chargers/${chargerId}/commands`;
  return { operator, chargerId, chargerKey, clock, posted, queue, sender, deliver, commands, path };
}

type Place = Awaited<ReturnType<typeof placeOf>>;

/** Makes a command as another run does, and gives its message. */
async function make({ operator, chargerId, chargerKey }: Place, at: number, frame: string) {
  const sequence = commandSequence(at, 'a');
  const command: Command = {
    ...{ sequence, chargerKey, chargerId, operatorId: operator.operatorId, state: 'queued' },
    ...{ request: { type: 'clear-cache' }, frame },
    createdAt: new Date(at).toISOString(),
    expiresAt: new Date(at + 86_400_000).toISOString(),
  };
  return { command, message: { kind: 'made', chargerKey, sequence, frame } as const };
}

describe('a request that breaks off', () => {
  const clear = { type: 'clear-cache' };
  const key = { 'idempotency-key': 'once' };

  it('a command is not kept where the queue refuses its message: the request that is repeated under its key makes it', async () => {
    const { operator, path, commands, deliver, posted } = await placeOf();
    vi.spyOn(testServices, 'sendCommandMessage').mockRejectedValueOnce(new Error('refused'));
    await expect(operator.call('POST', path, clear, key)).rejects.toThrow('refused');
    expect(await commands()).toEqual([]);

    expect((await operator.call('POST', path, clear, key)).status).toBe(202);
    await deliver(sentMessages[0]);
    expect(posted).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'a request that dies %s its command is written leaves no command that nobody sends, and repeated it sends one',
    async (when) => {
      const { operator, path, commands, deliver, posted } = await placeOf();
      const ask = async () => await operator.call('POST', path, clear, key);
      expect(await killAt(database, 1, when, async () => void (await ask()))).toBe(true);
      const [message] = sentMessages;
      await deliver(message);
      expect(posted).toHaveLength(when === 'after' ? 1 : 0);

      expect((await ask()).status).toBe(202);
      for (const one of sentMessages) await deliver(one);
      expect(posted).toHaveLength(1);
      expect((await commands()).map(({ state }) => state)).toEqual(['sent']);
    },
  );

  it('a request of several messages that dies when they are written sends all of them', async () => {
    const place = await placeOf();
    const { operator, path, chargerId, deliver, posted } = place;
    const step = await plugIn(database, place.chargerKey);
    await operator.call('POST', path, { type: 'get-configuration', keys: ['A'] });
    await deliver(sentMessages.splice(0)[0]);
    const answer = async (keys: object[]) => {
      const [, id] = JSON.parse(posted.at(-1) ?? '[]') as [2, string];
      await step.send(JSON.stringify([3, id, { configurationKey: keys }]));
    };
    await answer([{ key: 'GetConfigurationMaxKeys', readonly: true, value: '1' }]);
    const ask = async () => {
      await operator.call('POST', path, { type: 'get-configuration', keys: ['B', 'C'] });
    };
    expect(await killAt(database, 1, 'after', ask)).toBe(true);
    await deliver(sentMessages[0]);
    expect(posted).toHaveLength(2);
    await answer([]);
    await deliver({ kind: 'next', chargerKey: place.chargerKey });
    expect(posted).toHaveLength(3);
    expect((await operator.call('GET', `/chargers/${chargerId}/commands`)).body.items).toHaveLength(
      3,
    );
  });
});

describe('a new password that is to be sent', () => {
  it('a password whose request dies when its command is written is sent again at a later connection, as any other', async () => {
    const place = await placeOf();
    const { operator, chargerKey, deliver, posted, queue, clock, sender } = place;
    const path = `/chargers/${place.chargerId}/password`;
    const ask = async () => void (await operator.call('POST', path, { send: true }));
    // The password, and then the command.
    expect(await killAt(database, 2, 'after', ask)).toBe(true);
    await deliver(sentMessages[0]);
    clock.late += 31_000;
    await deliver(taken(queue, 'deadline'));
    clock.late += 3_600_000;
    const { line } = await readWaitingFor(database, operator.operatorId, chargerKey);
    expect(isPasswordOpen(line, sender.now())).toBe(true);
    const foundAt = new Date(sender.now()).toISOString();
    await deliver({ kind: 'password', chargerKey, foundAt });
    await deliver(taken(queue, 'made'));
    const values = posted.map((frame) => JSON.parse(frame)[3].value);
    expect(values).toEqual([values[0], values[0]]);
  });
});

describe('what is wanted of one charger', () => {
  const wish = { useDefaults: false, ocpp16: { Language: 'pt' } };
  const pathOf = (chargerId: string) => `/chargers/${chargerId}/desired-configuration`;

  it('a change whose request dies when it is written is asked about', async () => {
    const { operator, chargerId, deliver, commands } = await placeOf();
    const ask = async () => void (await operator.call('PUT', pathOf(chargerId), wish));
    expect(await killAt(database, 1, 'after', ask)).toBe(true);
    await deliver(sentMessages[0]);
    expect((await commands()).map(({ request }) => request.type)).toEqual(['get-configuration']);
  });

  it('a change is not kept where the queue refuses its message', async () => {
    const { operator, chargerId } = await placeOf();
    vi.spyOn(testServices, 'sendCommandMessage').mockRejectedValueOnce(new Error('refused'));
    await expect(operator.call('PUT', pathOf(chargerId), wish)).rejects.toThrow('refused');
    expect((await operator.call('GET', pathOf(chargerId))).body['ocpp16']).toEqual({});
  });

  it('a message that comes before its change looks for it again, and asks nothing of the charger until it is there', async () => {
    const { operator, chargerId, deliver, commands, queue, clock } = await placeOf();
    const ask = async () => void (await operator.call('PUT', pathOf(chargerId), wish));
    expect(await killAt(database, 1, 'before', ask)).toBe(true);
    const message = sentMessages[0] as Extract<CommandMessage, { readonly kind: 'configure' }>;
    const changedAt = Date.parse(message.changedAt ?? '');
    await deliver(message);
    expect(await commands()).toEqual([]);
    expect(queue.splice(0)).toEqual([{ message, seconds: expect.any(Number) }]);
    // The same change, at the time that its message names.
    vi.useFakeTimers({ now: changedAt, toFake: ['Date'] });
    try {
      await ask();
    } finally {
      vi.useRealTimers();
    }
    await deliver(message);
    expect(await commands()).toHaveLength(1);

    clock.late += 61_000;
    queue.length = 0;
    await deliver({ ...message, changedAt: new Date(changedAt + 1_000).toISOString() });
    expect(queue).toEqual([]);
    expect(await commands()).toHaveLength(1);
  });
});

describe('a message that comes before its command', () => {
  /** Delivers a message whose command is written after so many looks for it; gives the requests by their names. */
  const deliverBefore = async (
    place: Place,
    { command, message }: Awaited<ReturnType<typeof make>>,
    looks: number,
  ) => {
    const requests: string[] = [];
    database.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          requests.push(String(commandName));
          return await next(args).finally(async () => {
            if (requests.length === looks) await createCommand(database, command);
          });
        },
      { step: 'initialize', name: 'between' },
    );
    try {
      await place.deliver({ ...message, connectionId: `c-${count}` });
    } finally {
      database.client.middlewareStack.remove('between');
    }
    return requests;
  };

  it('a message waits for its command, and sends it', async () => {
    const place = await placeOf();
    await deliverBefore(place, await make(place, Date.now(), 'late'), 2);
    expect(place.posted).toEqual(['late']);
  });

  it.each(['c-1', undefined])(
    'a message comes again until the one that was to write it has ended, and then no more (connection %s)',
    async (connectionId) => {
      const place = await placeOf();
      const { message } = await make(place, Date.now(), 'never');
      let next: CommandMessage | undefined = { ...message, ...(connectionId && { connectionId }) };
      let rounds = 0;
      while (next !== undefined) {
        rounds += 1;
        await place.deliver(next);
        const sent = place.queue.shift();
        place.clock.late += (sent?.seconds ?? 0) * 1000;
        next = sent?.message;
      }
      expect(place.posted).toEqual([]);
      expect(place.clock.late).toBeGreaterThan(30_000);
      expect(rounds).toBeLessThan(10);
    },
  );

  it('a command whose message came before it costs one request more, the look in vain', async () => {
    const place = await placeOf();
    const requests = await deliverBefore(place, await make(place, Date.now(), '["between"]'), 1);
    expect(place.posted).toEqual(['["between"]']);
    const transaction = 'TransactWriteItemsCommand';
    // The look in vain, what writes the command, and what sends it.
    expect(requests).toEqual([transaction, transaction, transaction]);
  });

  it('a command whose message came long before it is sent before one that is made after it', async () => {
    const place = await placeOf();
    const { command, message } = await make(place, Date.now(), '["first"]');
    const connectionId = `c-${count}`;
    await place.deliver({ ...message, connectionId });
    await createCommand(database, command);
    const second = await make(place, Date.now() + 1, '["second"]');
    await createCommand(database, second.command);
    await place.deliver({ ...second.message, connectionId });
    expect(place.posted).toEqual(['["first"]']);
  });

  it('a message never sends its words as those of another command that has its place', async () => {
    const place = await placeOf();
    const now = Date.now();
    const { command } = await make(place, now, 'own');
    await createCommand(database, command);
    const { message } = await make(place, now, 'foreign');
    await place.deliver({ ...message, connectionId: `c-${count}` });
    expect(place.posted).toEqual(['own']);
  });
});

describe('a run that breaks off between a command and its message', () => {
  /** Makes another command a good while after the one that was forgotten, has that one sent by the message of this, and then this one. */
  const makeBehind = async (place: Place, forgotten: string): Promise<void> => {
    place.clock.late += 75_000;
    const { command, message } = await make(place, Date.now() + 75_000, '["behind"]');
    await createCommand(database, command);
    await place.deliver({ ...message, connectionId: `c-${count}` });
    expect(place.posted).toEqual([expect.stringContaining(forgotten)]);
    const deadline = place.queue.find((one) => one.message.kind === 'deadline')?.message;
    place.clock.late += 31_000;
    await place.deliver(deadline);
    expect(place.posted).toEqual([expect.stringContaining(forgotten), '["behind"]']);
  };

  it('the question how fast a session charges is sent before a command that is made later, and not again when its own message comes', async () => {
    const place = await placeOf();
    const { operator, chargerKey } = place;
    const charger = await plugIn(database, chargerKey);
    await operator.call('POST', '/tokens', { tokenId: 'ADA' });
    const timestamp = new Date().toISOString();
    await charger.call('StartTransaction', {
      connectorId: 1,
      idTag: 'ADA',
      meterStart: 0,
      timestamp,
    });
    const { items: sessions = [] } = (await operator.call('GET', '/sessions')).body;
    const sessionId = String(sessions[0]?.['sessionId']);
    const { operatorId } = operator;
    const message = { kind: 'profile', operatorId, sessionId, changedAt: timestamp } as const;
    const sent: CommandMessage[] = [];
    const asking = {
      database,
      now: Date.now,
      sendCommand: async (one: CommandMessage) => void sent.push(one),
    };
    const ask = async () => void (await askForProfile(asking, message as never));
    expect(await killAt(database, 1, 'after', ask)).toBe(true);
    expect(sent).toEqual([]);
    await makeBehind(place, 'GetCompositeSchedule');
    await ask();
    for (const one of sent) await place.deliver(one);
    expect(place.posted).toHaveLength(2);
  });

  it('a new password that a charger is sent again goes when its message comes again', async () => {
    const place = await placeOf();
    const { operator, chargerId, chargerKey, deliver, posted, commands } = place;
    await operator.call('POST', `/chargers/${chargerId}/password`, { send: true });
    await deliver(sentMessages[0]);
    place.clock.late += 31_000;
    await deliver(taken(place.queue, 'deadline'));
    place.clock.late += 3_600_000;
    const foundAt = new Date(place.sender.now()).toISOString();
    const again = { kind: 'password', chargerKey, foundAt } as const;
    expect(await killAt(database, 1, 'after', async () => await deliver(again))).toBe(true);
    expect((await commands()).map(({ state }) => state)).toEqual(['queued', 'timed-out']);
    place.queue.length = 0;
    await deliver(again);
    await deliver(taken(place.queue, 'made'));
    expect(posted).toHaveLength(2);
    expect(posted[1]).toContain('AuthorizationKey');
  });

  it.each([1, 2, 3])(
    'no question about the desired configuration is kept whose message, the %ith of all, the queue refuses',
    async (refused) => {
      const { operator, chargerKey, sender, commands, queue } = await placeOf();
      const { operatorId } = operator;
      await operator.call('PUT', '/settings/configuration', { localList: true });
      let sends = 0;
      const send: Sender['send'] = async (message, seconds) => {
        sends += 1;
        if (sends === refused) throw new Error('refused');
        await sender.send(message, seconds);
      };
      const message = { kind: 'configure', operatorId, chargerKey } as const;
      await expect(handleMessage({ ...sender, send }, message)).rejects.toThrow('refused');
      const sent = queue.flatMap((one) =>
        one.message.kind === 'made' ? [one.message.sequence] : [],
      );
      expect((await commands()).map(({ sequence }) => sequence).toReversed()).toEqual(sent);
    },
  );
});

describe('an order of a partner', () => {
  it('an order is not kept where the queue refuses its message', async () => {
    const { operator, chargerKey, commands } = await placeOf();
    const { charger, connection } = await readChargerAndConnection(database, chargerKey);
    if (charger === undefined || connection === undefined) throw new Error('It is connected');
    const services = {
      now: Date.now,
      sendCommandMessage: async () => await Promise.reject(new Error('refused')),
    };
    const partner = { partnerId: 'par_1', operatorId: operator.operatorId };
    const caller = { database, services, partner } as unknown as OcpiCaller;
    const order = orderCommand(
      caller,
      { charger, connection } as Parameters<typeof orderCommand>[1],
      { type: 'clear-cache' },
      { responseUrl: 'https://partner.example/result' },
    );
    await expect(order).rejects.toThrow('refused');
    expect(await commands()).toEqual([]);
  });
});
