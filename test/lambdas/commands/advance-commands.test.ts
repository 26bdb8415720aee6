import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { messageOfNew, writeCommand } from '../../../lambdas/connection/write-command.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { landAnswered } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { ecRoot } from '../../core/command/root-certificates.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator } from '../plant.ts';

const answered = { kind: 'answered', outcome: { kind: 'accepted' } } as const;

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('a charger that reconnects every second', () => {
  it('a charger whose connections are gone at once is sent a command ever more rarely, which is not lost', async () => {
    const chargerKey = 'op-1#restless';
    const clock = { now: Date.parse('2026-04-14T16:30:00.000Z') };
    const attempts: number[] = [];
    const sender: Sender = {
      database,
      now: () => clock.now,
      post: async () => {
        attempts.push(clock.now);
        return 'gone';
      },
      send: async () => undefined,
    };
    const sequence = '0aaaaaaa';
    await createCommand(database, {
      sequence,
      chargerKey,
      operatorId: 'op-1',
      chargerId: 'restless',
      state: 'queued',
      request: { type: 'clear-cache' },
      frame: '[2,"ClearCache.0aaaaaaa","ClearCache",{}]',
      createdAt: '2026-04-14T16:30:00.000Z',
      expiresAt: '2026-04-15T16:30:00.000Z',
    });

    for (let second = 0; second < 60; second += 1) {
      const connectedAt = new Date(clock.now).toISOString();
      const connection = { connectionId: `c-${second}`, protocol: 'ocpp1.6', connectedAt };
      await takeOver(database, chargerKey, connection);
      await handleMessage(sender, { kind: 'next', chargerKey });
      clock.now += 1_000;
    }

    const pauses = attempts.slice(1).map((at, n) => (at - (attempts[n] ?? at)) / 1000);
    expect(pauses).toEqual([2, 4, 8, 16]);
    expect((await readCommand(database, chargerKey, sequence))?.state).toBe('queued');
  });

  it('a charger that takes each command and is gone before it answers is sent the next one ever more rarely', async () => {
    const chargerKey = 'op-1#forgetful';
    const start = Date.parse('2026-04-14T16:30:00.000Z');
    const clock = { now: start };
    const posted: number[] = [];
    const queue: { message: CommandMessage; due: number }[] = [];
    const sender: Sender = {
      database,
      now: () => clock.now,
      post: async () => {
        posted.push((clock.now - start) / 1000);
        return 'posted';
      },
      send: async (message, seconds = 0) => {
        queue.push({ message, due: clock.now + seconds * 1000 });
      },
    };
    const connect = async () =>
      await takeOver(database, chargerKey, {
        connectionId: `c-${clock.now}`,
        protocol: 'ocpp1.6',
        connectedAt: new Date(clock.now).toISOString(),
      });
    await connect();
    for (let n = 0; n < 8; n += 1) {
      await createCommand(database, {
        ...{ sequence: commandSequence(start + n, 'a'), chargerKey, operatorId: 'op-1' },
        ...{ chargerId: 'forgetful', state: 'queued', request: { type: 'clear-cache' }, frame: '' },
        ...{ createdAt: new Date(start).toISOString(), expiresAt: '2026-04-15T16:30:00.000Z' },
      });
    }
    await handleMessage(sender, { kind: 'next', chargerKey });
    while (clock.now < start + 600_000) {
      clock.now += 1_000;
      await connect();
      queue.sort((a, b) => a.due - b.due);
      while ((queue[0]?.due ?? Infinity) <= clock.now) {
        const next = queue.shift();
        if (next !== undefined) await handleMessage(sender, next.message);
      }
    }
    const pauses = posted.slice(1).map((at, n) => at - (posted[n] ?? at));
    expect(pauses).toEqual([32, 34, 38, 46, 62, 94, 158]);
  });
});

describe('a charger that answers before we have noted that others wait', () => {
  it('commands behind one that is answered at once are sent, one after the other', async () => {
    const chargerKey = 'op-1#quick';
    const now = Date.parse('2026-04-14T16:30:00.000Z');
    const at = new Date(now).toISOString();
    const sequences = ['0aaaaaab', '0aaaaaac', '0aaaaaad'];
    const posted: string[] = [];
    const landed: string[] = [];
    const sender: Sender = {
      database,
      now: () => now,
      post: async (_connectionId, frame) => {
        posted.push(frame);
        // The answer is there before the call that sent the command has returned.
        landed.push(await landAnswered(database, chargerKey, frame, answered, at));
        return 'posted';
      },
      send: async () => undefined,
    };
    for (const sequence of sequences) {
      await createCommand(database, {
        ...{ sequence, chargerKey, operatorId: 'op-1', chargerId: 'quick', state: 'queued' },
        request: { type: 'clear-cache' },
        frame: sequence,
        ...{ createdAt: at, expiresAt: '2026-04-15T16:30:00.000Z' },
      });
    }
    const connection = { connectionId: 'c-1', protocol: 'ocpp1.6', connectedAt: at } as const;
    await takeOver(database, chargerKey, connection);

    for (const _one of sequences) await handleMessage(sender, { kind: 'next', chargerKey });

    expect(posted).toEqual(sequences);
    // It is whoever takes the answer that asks for the next one.
    expect(landed).toEqual(sequences.map(() => 'others-wait'));
    const states = sequences.map(
      async (one) => (await readCommand(database, chargerKey, one))?.state,
    );
    expect(await Promise.all(states)).toEqual(['accepted', 'accepted', 'accepted']);
  });
});

describe('the requests for a command', () => {
  it('a command of a charger that was read is made, sent and ended with three requests, and its deadline is one read', async () => {
    const chargerKey = 'op-1#counted';
    const now = Date.parse('2026-04-14T16:30:00.000Z');
    const at = new Date(now).toISOString();
    const [sequence, frame, connectionId] = ['0aaaaaae', '[2,"a","ClearCache",{}]', 'c-1'];
    const sent: CommandMessage[] = [];
    const sender: Sender = {
      database,
      now: () => now,
      post: async () => 'posted',
      send: async (message) => void sent.push(message),
    };
    const command = await countRequests(database, async () => {
      await createCommand(database, {
        ...{ sequence, chargerKey, operatorId: 'op-1', chargerId: 'counted', state: 'queued' },
        request: { type: 'clear-cache' },
        ...{ frame, createdAt: at, expiresAt: '2026-04-15T16:30:00.000Z' },
      });
      const made = { kind: 'made', chargerKey, sequence, frame, connectionId } as const;
      await handleMessage(sender, made);
      await landAnswered(database, chargerKey, sequence, answered, at);
    });
    expect(command).toEqual({
      writes: ['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems'],
      reads: [],
    });
    const [deadline] = sent;
    if (deadline === undefined) throw new Error('No deadline was set.');
    expect(await countRequests(database, () => handleMessage(sender, deadline))).toEqual({
      writes: [],
      reads: ['GetItem'],
    });
  });

  it('a command with a secret or a certificate, which stays out of the queue, needs one more read', async () => {
    const at = new Date().toISOString();
    const open = { connectionId: 'c-1', protocol: 'ocpp1.6', connectedAt: at } as const;
    const requests: readonly CommandRequest[] = [
      { type: 'set-configuration', key: 'WifiPassword', value: 'k9W8k9W8' },
      { type: 'install-certificate', use: 'central-system-root', certificate: ecRoot },
    ];
    for (const [n, request] of requests.entries()) {
      const [chargerKey, chargerId] = [`op-1#secret-${n}`, `secret-${n}`];
      const posted: string[] = [];
      const sender: Sender = {
        database,
        now: Date.now,
        post: async (_connectionId, frame) => {
          posted.push(frame);
          return 'posted';
        },
        send: async () => undefined,
      };
      const ids = { sequence: '0aaaaaaf', chargerKey, operatorId: 'op-1', chargerId };
      const written = await writeCommand('ocpp1.6', { ...ids, request, now: at, seconds: 60 });
      if (written.kind === 'refused') throw new Error(written.code);
      const { command } = written;
      const used = await countRequests(database, async () => {
        await createCommand(database, command);
        await handleMessage(sender, messageOfNew(command, { ...open, lastSeenAt: at }));
        await landAnswered(database, chargerKey, command.sequence, answered, at);
      });
      expect(posted).toEqual([command.frame]);
      const write = 'TransactWriteItems';
      expect(used).toEqual({ writes: [write, write, write], reads: ['GetItem'] });
    }
  });
});

describe('a command that expires', () => {
  const start = Date.parse('2026-04-14T16:30:00.000Z');
  const at = (ms: number) => new Date(start + ms).toISOString();
  const lifetime = 120_000;
  let count = 0;

  /** A charger with a command that waits and one behind it, which expires later; its sender works so many ms after they were made. */
  const lateSender = async (late: number) => {
    count += 1;
    const [chargerKey, connectionId] = [`op-1#late-${count}`, 'c-1'];
    const clock = { now: start };
    const posted: string[] = [];
    const sent: CommandMessage[] = [];
    const sender: Sender = {
      database,
      now: () => clock.now,
      post: async (_connectionId, frame) => {
        posted.push(frame);
        return 'posted';
      },
      send: async (message) => void sent.push(message),
    };
    const make = async (n: number, name: string, lasts: number) => {
      const sequence = commandSequence(start + n, 'a');
      await createCommand(database, {
        ...{ sequence, chargerKey, operatorId: 'op-1', chargerId: `late-${count}` },
        ...{ state: 'queued', request: { type: 'clear-cache' }, frame: name },
        ...{ createdAt: at(0), expiresAt: at(lasts) },
      });
      return { kind: 'made', chargerKey, sequence, frame: name, connectionId } as const;
    };
    await takeOver(database, chargerKey, {
      ...{ connectionId, protocol: 'ocpp1.6', connectedAt: at(0) },
    });
    const before = async () => {
      await handleMessage(sender, await make(0, 'before', 3_600_000));
      posted.length = 0;
      return sent[0];
    };
    const pair = async () => {
      const short = await make(1, 'short', lifetime);
      await make(2, 'behind it', 3_600_000);
      return short;
    };
    const handleLate = async (message: CommandMessage | undefined) => {
      if (message === undefined) throw new Error('Nothing was asked of the sender.');
      clock.now = start + late;
      await handleMessage(sender, message);
    };
    const stateOf = async (sequence: string) =>
      (await readCommand(database, chargerKey, sequence))?.state;
    return { chargerKey, before, pair, handleLate, posted, stateOf };
  };

  const messages = ['made', 'next', 'deadline'] as const;
  const moments = [lifetime - 1, lifetime, 300_000];
  it.each(messages.flatMap((kind) => moments.map((late) => ({ kind, late }))))(
    'a command is never sent after its expiry, and the one behind it is: by the message $kind after $late ms',
    async ({ kind, late }) => {
      const { chargerKey, before, pair, handleLate, posted, stateOf } = await lateSender(late);
      const deadline = kind === 'deadline' ? await before() : undefined;
      const made = await pair();
      await handleLate({ made, next: { kind: 'next', chargerKey } as const, deadline }[kind]);
      const isInTime = late < lifetime;
      expect(posted).toEqual([isInTime ? 'short' : 'behind it']);
      expect(await stateOf(made.sequence)).toBe(isInTime ? 'sent' : 'expired');
    },
  );

  it('a command that is shown as expired is never cancelled, neither by its operator nor by a new password', async () => {
    const operator = await newOperator(database);
    await operator.call('POST', '/chargers', { chargerId: 'EXPIRED-1' });
    const connectedAt = new Date().toISOString();
    const key = keyOf(operator.operatorId, 'EXPIRED-1');
    await takeOver(database, key, { connectionId: 'c-1', protocol: 'ocpp1.6', connectedAt });
    const sendPassword = async () =>
      await operator.call('POST', '/chargers/EXPIRED-1/password', { send: true });
    const { commandId } = (await sendPassword()).body;
    const path = `/commands/${String(commandId)}`;
    const state = async () => (await operator.call('GET', path)).body['state'];
    expect(await state()).toBe('queued');

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 604_800_000 });
    try {
      expect(await state()).toBe('expired');
      expect((await operator.call('DELETE', path)).code).toBe('COMMAND_NOT_QUEUED');
      expect(await state()).toBe('expired');
      expect((await sendPassword()).status).toBe(201);
      expect(await state()).toBe('expired');
    } finally {
      vi.useRealTimers();
    }
  });
});
