import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleMessage } from '../../../lambdas/commands/advance-commands.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { landAnswered } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';

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
});

describe('a charger that answers before we have noted that others wait', () => {
  it('commands behind one that is answered at once are sent, one after the other', async () => {
    const chargerKey = 'op-1#quick';
    const now = Date.parse('2026-04-14T16:30:00.000Z');
    const at = new Date(now).toISOString();
    const sequences = ['0aaaaaab', '0aaaaaac', '0aaaaaad'];
    const posted: string[] = [];
    const sender: Sender = {
      database,
      now: () => now,
      post: async (_connectionId, frame) => {
        posted.push(frame);
        // The answer is there before the call that sent the command has returned, and asks for no other: none is noted to wait.
        await landAnswered(database, chargerKey, frame, answered, at);
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

    await handleMessage(sender, { kind: 'next', chargerKey });

    expect(posted).toEqual(sequences);
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
});
