import { describe, expect, it } from 'vitest';
import { commandSequence } from '../../core/command/command-sequence.ts';
import { handleMessage } from '../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../lambdas/commands/sender.ts';
import { takeOver } from '../../lambdas/store/chargers/connections.ts';
import type { Command } from '../../lambdas/store/commands/command-item.ts';
import {
  landAnswered,
  landTimedOut,
  noteWaiting,
  putBack,
  readLine,
  takeOff,
} from '../../lambdas/store/commands/command-line.ts';
import {
  commandsAbout,
  createCommand,
  endQueued,
  firstQueued,
  lastCommands,
  listCommands,
  readCommand,
} from '../../lambdas/store/commands/commands.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { countRequests } from '../lambdas/count-requests.ts';
import { scan } from '../lambdas/plant.ts';
import { onEachEngine } from './on-each-engine.ts';

const start = Date.parse('2026-04-14T16:30:00.000Z');
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

const command = (chargerKey: string, n: number): Command => ({
  sequence: commandSequence(start + n, 'a'),
  chargerKey,
  operatorId: 'op-1',
  chargerId: chargerKey,
  state: 'queued',
  request: { type: 'clear-cache' },
  frame: `[2,"ClearCache.${n}","ClearCache",{}]`,
  createdAt: at(0),
  expiresAt: at(3_600),
});

/** The commands of a charger as they are stored. */
const storedCommands = async (database: Database, chargerKey: string) =>
  await scan(database, database.state, {
    FilterExpression: 'chargerKey = :key',
    ExpressionAttributeValues: { ':key': { S: chargerKey } },
  });

const accepted = { kind: 'answered', outcome: { kind: 'accepted' } } as const;

onEachEngine('the store of commands', (database) => {
  const have = async (chargerKey: string, count: number) => {
    const commands = Array.from({ length: count }, (_, n) => command(chargerKey, n));
    for (const one of commands) await createCommand(database(), one);
    return commands.map(({ sequence }) => sequence) as [string, ...string[]];
  };
  const stateOf = async (chargerKey: string, sequence: string) =>
    (await readCommand(database(), chargerKey, sequence))?.state;

  it.each(['secret', 'password'] as const)(
    'a command with a %s has it while it waits and is on its way, and nothing of it once it has ended',
    async (kind) => {
      const key = kind === 'secret' ? 'WifiPassword' : 'AuthorizationKey';
      const value = 'S3CRET-of-a-charger';
      const request = { type: 'set-configuration', key, value } as const;
      const frame = JSON.stringify([2, 'm', 'ChangeConfiguration', { key, value }]);
      const rejected = {
        kind: 'answered',
        outcome: { kind: 'rejected', reason: 'rejected', word: 'Rejected' },
      } as const;
      const end = {
        accepted: async (cp: string, n: string) =>
          void (await landAnswered(database(), cp, n, accepted, at(2))),
        rejected: async (cp: string, n: string) =>
          void (await landAnswered(database(), cp, n, rejected, at(2))),
        'timed-out': async (cp: string, n: string) =>
          void (await landTimedOut(database(), cp, n, at(1), at(2))),
        expired: async (cp: string, n: string) =>
          void (await endQueued(database(), cp, n, { kind: 'expired' }, at(2))),
        cancelled: async (cp: string, n: string) =>
          void (await endQueued(database(), cp, n, { kind: 'cancelled' }, at(2))),
      };
      for (const [state, ending] of Object.entries(end)) {
        const cp = `cp-${kind}-${state}`;
        const made = { ...command(cp, 1), request, frame };
        const { sequence } = made;
        await createCommand(database(), made);
        expect(await readCommand(database(), cp, sequence)).toMatchObject({ request, frame });
        if (!['expired', 'cancelled'].includes(state)) {
          await takeOff(database(), cp, sequence, start + 1_000, false, { frame });
        }
        expect(await readCommand(database(), cp, sequence)).toMatchObject({ request, frame });
        await ending(cp, sequence);
        const ended = await readCommand(database(), cp, sequence);
        // A password that its charger has not taken is sent again.
        const isKept = kind === 'password' && !['accepted', 'expired'].includes(state);
        expect([state, ended?.state, ended?.frame]).toEqual([state, state, '']);
        expect(ended?.request).toEqual(isKept ? request : { ...request, value: '(not shown)' });
        const stored = JSON.stringify(await storedCommands(database(), cp));
        expect([state, stored.includes(value)]).toEqual([state, isKept]);
      }
    },
  );

  it('a command that was not written yet cannot be sent, which is known without a read, and neither can another one at its place', async () => {
    const { sequence } = command('cp-absent', 1);
    const leave = async (frame?: string) =>
      await takeOff(database(), 'cp-absent', sequence, start, false, { ...(frame && { frame }) });
    expect(await leave()).toBe('absent');
    const requests = await countRequests(database(), async () => void (await leave('[2]')));
    expect(requests).toEqual({ writes: ['TransactWriteItems'], reads: [] });
    await createCommand(database(), command('cp-absent', 1));
    expect(await leave('[2,"of another"]')).toBe('late');
    expect(await leave(command('cp-absent', 1).frame)).toBe('taken');
  });

  it('commands are kept once, and listed with the latest first', async () => {
    const [first, second = '', third = ''] = await have('cp-1', 3);
    expect(await createCommand(database(), command('cp-1', 0))).toBe('taken');
    expect(await readCommand(database(), 'cp-1', first)).toEqual(command('cp-1', 0));
    const page = await listCommands(database(), 'cp-1', { limit: 2 });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([third, second]);
    const rest = await listCommands(database(), 'cp-1', { limit: 2, after: page.next ?? '' });
    expect(rest).toEqual({ items: [command('cp-1', 0)], next: null });
  });

  describe('the 1 MB of a query', () => {
    const about = async (chargerKey: string) =>
      await commandsAbout(database(), chargerKey, 's-1', start - 1_000, start + 1_000);
    const haveLarge = async (chargerKey: string) => {
      const begin = {
        ...command(chargerKey, 0),
        request: { type: 'start', tokenId: 't-1' },
      } as const;
      const large = [1, 2, 3, 4, 5].map((n) => ({
        ...command(chargerKey, n),
        frame: 'x'.repeat(300_000),
      }));
      for (const one of [begin, ...large]) await createCommand(database(), one);
      return [...large.map(({ sequence }) => sequence).reverse(), begin.sequence];
    };
    const sequencesOf = (commands: readonly Command[]) => commands.map(({ sequence }) => sequence);

    it('commands of more than 1 MB are listed whole, page by page', async () => {
      const all = await haveLarge('cp-21');
      const listed: string[] = [];
      let after: string | undefined;
      do {
        const page = await listCommands(database(), 'cp-21', { limit: 50, after });
        expect(page.items.length).toBeGreaterThan(0);
        listed.push(...sequencesOf(page.items));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(listed).toEqual(all);
    });

    it('commands of more than 1 MB do not hide earlier ones', async () => {
      const all = await haveLarge('cp-22');
      expect(sequencesOf(await lastCommands(database(), 'cp-22', 50))).toEqual(all);
      expect(sequencesOf(await lastCommands(database(), 'cp-22', 5))).toEqual(all.slice(0, 5));
    });

    it('commands of more than 1 MB do not hide the start of a session', async () => {
      const all = await haveLarge('cp-25');
      expect(sequencesOf(await about('cp-25'))).toEqual(all.slice(-1));
    });

    it('commands of less than 1 MB are read by one query', async () => {
      await haveLarge('cp-23');
      await have('cp-24', 3);
      const queriesOf = async (action: () => Promise<unknown>) =>
        (await countRequests(database(), action)).reads.length;
      expect(await queriesOf(async () => await lastCommands(database(), 'cp-23', 50))).toBe(2);
      expect(await queriesOf(async () => await about('cp-24'))).toBe(1);
      expect(await queriesOf(async () => await lastCommands(database(), 'cp-24', 50))).toBe(1);
      expect(await queriesOf(async () => await lastCommands(database(), 'cp-24', 2))).toBe(1);
    });
  });

  it('of commands that are sent at the same time one is in flight, and the others wait', async () => {
    const sequences = await have('cp-2', 10);
    const taken = await Promise.all(
      sequences.map(async (one) => await takeOff(database(), 'cp-2', one, start, true)),
    );
    expect(taken.filter((one) => one === 'taken')).toHaveLength(1);
    expect(taken.filter((one) => one === 'busy')).toHaveLength(9);
  });

  it('an answer ends a command once, and says whether others wait', async () => {
    const [first, second = ''] = await have('cp-3', 2);
    await takeOff(database(), 'cp-3', first, start, true);
    await noteWaiting(database(), 'cp-3', true, first);
    const land = async (one: string) =>
      await landAnswered(database(), 'cp-3', one, accepted, at(1));
    expect(await land(second)).toBe('unknown');
    expect(await land(first)).toBe('others-wait');
    expect(await land(first)).toBe('unknown');
    expect(await readCommand(database(), 'cp-3', first)).toMatchObject({
      state: 'accepted',
      finishedAt: at(1),
      outcome: { kind: 'accepted' },
    });
    // Whoever comes later does not overtake those that wait.
    expect(await takeOff(database(), 'cp-3', second, start, false)).toBe('busy');
    expect(await takeOff(database(), 'cp-3', second, start, true)).toBe('taken');
  });

  it('a command gives way to one that was made before it and was not sent yet, and does not where that one was sent', async () => {
    const leave = async (one: string) => await takeOff(database(), 'cp-31', one, start, false);
    const land = async (one: string) =>
      await landAnswered(database(), 'cp-31', one, accepted, at(1));
    const [first, second = '', third = ''] = await have('cp-31', 3);
    expect([await leave(second), await leave(third)]).toEqual(['busy', 'busy']);
    expect(await takeOff(database(), 'cp-31', first, start, true)).toBe('taken');
    expect(await land(first)).toBe('others-wait');
    expect(await takeOff(database(), 'cp-31', second, start, true)).toBe('taken');
    expect(await land(second)).toBe('others-wait');
    await noteWaiting(database(), 'cp-31', false, undefined);
    expect(await leave(third)).toBe('taken');
    expect(await land(third)).toBe('landed');
    const fourth = command('cp-31', 4);
    await createCommand(database(), fourth);
    expect(await leave(fourth.sequence)).toBe('taken');
  });

  it('commands that are made at once are all kept, and none is sent before the first', async () => {
    const commands = Array.from({ length: 200 }, (_, n) => command('cp-32', n));
    const made = commands.map(async (one) => await createCommand(database(), one));
    expect(new Set(await Promise.all(made))).toEqual(new Set(['created']));
    const taken = commands.map(
      async ({ sequence }) => await takeOff(database(), 'cp-32', sequence, start, false),
    );
    expect(new Set(await Promise.all(taken))).toEqual(new Set(['busy']));
    expect((await firstQueued(database(), 'cp-32', 0))?.sequence).toBe(commands[0]?.sequence);
  });

  it('a deadline ends only the sending that it is of', async () => {
    const [first] = await have('cp-4', 1);
    await takeOff(database(), 'cp-4', first, start, false);
    await putBack(database(), 'cp-4', first, 1, start + 2_000);
    expect(await stateOf('cp-4', first)).toBe('queued');
    expect(await readLine(database(), 'cp-4')).toMatchObject({ isWaiting: true, failures: 1 });
    await takeOff(database(), 'cp-4', first, start + 5_000, true);
    expect(await landTimedOut(database(), 'cp-4', first, at(0), at(30))).toBe('late');
    expect(await landTimedOut(database(), 'cp-4', first, at(5), at(35))).toBe('landed');
    expect(await stateOf('cp-4', first)).toBe('timed-out');
    expect(await landAnswered(database(), 'cp-4', first, accepted, at(36))).toBe('unknown');
  });

  it('only a command that waits is cancelled, and a cancelled one is not sent', async () => {
    const [first, second = ''] = await have('cp-5', 2);
    await takeOff(database(), 'cp-5', first, start, true);
    expect(await endQueued(database(), 'cp-5', first, { kind: 'cancelled' }, at(1))).toBe('late');
    expect(await endQueued(database(), 'cp-5', second, { kind: 'cancelled' }, at(1))).toBe('ended');
    expect(await takeOff(database(), 'cp-5', second, start, true)).toBe('late');
    expect(await firstQueued(database(), 'cp-5', 0)).toBeUndefined();
  });

  /** A sender whose charger is connected, with what it sent. */
  const senderOf = async (chargerKey: string, gone: () => boolean = () => false) => {
    const connection = { connectionId: 'c-1', protocol: 'ocpp1.6', connectedAt: at(-3_600) };
    await takeOver(database(), chargerKey, connection);
    const clock = { now: start };
    const frames: string[] = [];
    const messages: (readonly [string, number])[] = [];
    const sender: Sender = {
      database: database(),
      now: () => clock.now,
      post: async (_connectionId, frame) => {
        if (gone()) return 'gone';
        frames.push(frame);
        return 'posted';
      },
      send: async ({ kind }, delaySeconds = 0) => {
        messages.push([kind, delaySeconds]);
      },
    };
    return { sender, clock, frames, messages };
  };

  it('a command alone costs three requests after the read of its charger: it is kept, sent and ended', async () => {
    const { sender, frames } = await senderOf('cp-6');
    const one = command('cp-6', 0);
    const { sequence, frame } = one;
    const requests = await countRequests(database(), async () => {
      await createCommand(database(), one);
      await handleMessage(sender, {
        kind: 'made',
        chargerKey: 'cp-6',
        sequence,
        frame,
        connectionId: 'c-1',
      });
      await landAnswered(database(), 'cp-6', sequence, accepted, at(1));
    });
    expect(requests).toEqual({
      writes: ['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems'],
      reads: [],
    });
    expect(frames).toEqual([frame]);
  });

  it('a command whose connection is gone waits again, and its charger is offline', async () => {
    let isGone = true;
    const { sender, frames, messages, clock } = await senderOf('cp-7', () => isGone);
    const [sequence] = await have('cp-7', 1);
    const { frame } = command('cp-7', 0);
    const made = {
      kind: 'made',
      chargerKey: 'cp-7',
      sequence,
      frame,
      connectionId: 'c-1',
    } as const;
    await handleMessage(sender, made);
    expect(await stateOf('cp-7', sequence)).toBe('queued');
    expect(messages).toEqual([
      ['deadline', 30],
      ['next', 2],
    ]);
    clock.now += 2_000;
    await handleMessage(sender, { kind: 'next', chargerKey: 'cp-7' });
    expect(frames).toEqual([]);

    isGone = false;
    const again = { connectionId: 'c-2', protocol: 'ocpp1.6', connectedAt: at(3) };
    await takeOver(database(), 'cp-7', again);
    await handleMessage(sender, { kind: 'next', chargerKey: 'cp-7' });
    expect(frames).toEqual([frame]);
    expect(await stateOf('cp-7', sequence)).toBe('sent');
  });

  it('a command that expired while its charger was offline is not sent', async () => {
    const { sender, clock, frames } = await senderOf('cp-8');
    const [first] = await have('cp-8', 1);
    clock.now = start + 3_600_000;
    await handleMessage(sender, { kind: 'next', chargerKey: 'cp-8' });
    expect(await stateOf('cp-8', first)).toBe('expired');
    expect(frames).toEqual([]);
  });

  it('a message of the queue that is repeated sends nothing twice', async () => {
    const { sender, frames } = await senderOf('cp-9');
    const [sequence] = await have('cp-9', 1);
    const { frame } = command('cp-9', 0);
    const made = {
      kind: 'made',
      chargerKey: 'cp-9',
      sequence,
      frame,
      connectionId: 'c-1',
    } as const;
    await handleMessage(sender, made);
    await handleMessage(sender, made);
    await handleMessage(sender, { kind: 'next', chargerKey: 'cp-9' });
    expect(frames).toEqual([frame]);
  });
});
