import '../quiet.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { isAnswerOverdue } from '../../../core/command/answer-time.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { hasEnded } from '../../../core/command/command-state.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import { leaveAnother, triesToLeaveAnother } from '../../../lambdas/commands/leave-another.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { messageOfNew } from '../../../lambdas/connection/write-command.ts';
import { endConnection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { commandId } from '../../../lambdas/store/commands/command-id.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { landAnswered, takeOff } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { readWaitingFor } from '../../../lambdas/store/commands/waiting-for.ts';
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
afterEach(() => {
  vi.useRealTimers();
});

const start = Date.parse('2026-04-14T16:30:00.000Z');
const hour = 3_600_000;
const day = 24 * hour;
/** How often the queue delivers a message that fails, and after how many ms each time (lib/charger-edge). */
const tries = 30;
const redelivery = 120_000;

let count = 0;

/** The loss of one message, by its place among those that are handled: it fails for some hours, by an error or since no function starts. */
type Loss = { readonly place: number; readonly hours: number; readonly starts: boolean };

/** The lives of three commands: the second is for two minutes. */
const threeLives = [day, 120_000, day];

/** A charger that answers each command after a second, or none, and commands with their lives in ms. */
async function world(
  { place, hours, starts }: Loss,
  { isOnline = true, answers = true, lives = threeLives } = {},
) {
  count += 1;
  const operator = await newOperator(database);
  const chargerId = `LOST-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const clock = { now: start };
  const at = (ms: number): string => new Date(ms).toISOString();
  const connection = { connectionId: 'c-1', protocol: 'ocpp1.6', connectedAt: at(start) } as const;
  await takeOver(database, chargerKey, connection);
  if (!isOnline) await endConnection(database, chargerKey, 'c-1', at(start));
  const events: { readonly at: number; readonly run: () => Promise<void> }[] = [];
  const later = (ms: number, run: () => Promise<void>) => {
    events.push({ at: clock.now + ms, run });
  };
  const posted: string[] = [];
  const answer = async (sequence: string) => {
    const event = { kind: 'answered', outcome: { kind: 'accepted' } } as const;
    const landed = await landAnswered(database, chargerKey, sequence, event, at(clock.now));
    if (landed === 'others-wait') deliver({ kind: 'next', chargerKey }, 0);
  };
  const sender: Sender = {
    database,
    now: () => clock.now,
    send: async (message, seconds = 0) => deliver(message, seconds),
    post: async (_connectionId, sequence) => {
      posted.push(sequence);
      if (answers) later(1_000, async () => await answer(sequence));
      return 'posted';
    },
  };
  let handled = 0;
  let looks = 0;
  let lost: string | undefined;
  const attempt = async (message: CommandMessage, tried: number): Promise<void> => {
    const text = JSON.stringify({ ...message, since: undefined });
    if (handled === place) lost = text;
    handled += 1;
    if (lost !== text || clock.now >= start + hours * hour) {
      await handleMessage(sender, message);
      return;
    }
    if (starts) await leaveAnother(sender, message, tried);
    if (tried < tries) later(redelivery, async () => await attempt(message, tried + 1));
  };
  function deliver(message: CommandMessage, seconds: number): void {
    // The queue holds a message back for 15 minutes at most.
    expect(seconds).toBeLessThanOrEqual(900);
    looks += message.kind === 'expire' ? 1 : 0;
    later(seconds * 1000, async () => await attempt(message, 1));
  }
  const commands = lives.map(
    (life, n): Command => ({
      ...{ sequence: commandSequence(start + n, 'a'), chargerKey, chargerId, state: 'queued' },
      ...{ operatorId: operator.operatorId, request: { type: 'clear-cache' } },
      frame: commandSequence(start + n, 'a'),
      ...{ protocol: 'ocpp1.6', createdAt: at(start), expiresAt: at(start + life) },
    }),
  );
  const disconnectedAt = isOnline ? {} : { disconnectedAt: at(start) };
  for (const command of commands) {
    await createCommand(database, command);
    deliver(messageOfNew(command, { ...connection, lastSeenAt: at(start), ...disconnectedAt }), 0);
  }
  const run = async (): Promise<void> => {
    for (;;) {
      events.sort((a, b) => a.at - b.at);
      const next = events.shift();
      if (next === undefined) return;
      clock.now = Math.max(clock.now, next.at);
      await next.run();
    }
  };
  const states = async () =>
    await Promise.all(
      commands.map(
        async ({ sequence }) => (await readCommand(database, chargerKey, sequence))?.state,
      ),
    );
  return {
    operator,
    chargerId,
    clock,
    posted,
    looks: () => looks,
    run,
    states,
    commands,
    /** Connects again, which has its line looked at where it stands still. */
    connectAgain: async (ms: number) => {
      clock.now = ms;
      await takeOver(database, chargerKey, {
        ...{ connectionId: 'c-2', protocol: 'ocpp1.6', connectedAt: at(ms) },
      });
      const { line } = await readWaitingFor(database, operator.operatorId, chargerKey);
      if (line.isWaiting || isAnswerOverdue(line.sentAt, ms)) {
        deliver({ kind: 'next', chargerKey }, 1);
      }
      await run();
    },
    paths: commands.map(({ sequence }) => `/commands/${commandId(sequence, chargerId)}`),
  };
}

const noLoss: Loss = { place: -1, hours: 0, starts: true };

const places = [0, 1, 2, 3, 4, 5];

describe('a message about commands that cannot be processed', () => {
  it.each(places)(
    'each command ends where message %i fails for three hours and is given up twice, and none is sent twice',
    async (place) => {
      const { run, posted, states, clock } = await world({ place, hours: 3, starts: true });
      await run();
      expect(clock.now).toBeGreaterThan(start + 30_000);
      expect(new Set(posted).size).toBe(posted.length);
      const [first, second, third] = await states();
      // One that a lost message kept from being sent in time has expired; the others were answered.
      expect([first, third]).toEqual(['accepted', 'accepted']);
      expect(['accepted', 'expired']).toContain(second);
      expect(posted).toHaveLength(second === 'accepted' ? 3 : 2);
    },
  );

  it.each([
    ['that has it sent', 0, true, day, 'accepted'],
    ['that has it sent', 0, true, 120_000, 'expired'],
    ['with its deadline', 1, false, day, 'timed-out'],
  ] as const)(
    'a command whose message %s (%i) fails for three hours ends, although nothing else happens at its charger',
    async (_what, place, answers, life, state) => {
      const loss = { place, hours: 3, starts: true };
      const { run, posted, states } = await world(loss, { answers, lives: [life] });
      await run();
      expect(await states()).toEqual([state]);
      expect(posted).toHaveLength(state === 'expired' ? 0 : 1);
    },
  );

  it.each(places)(
    'each command has ended a day later where message %i was given up before any function started: once it is shown so',
    async (place) => {
      const { run, posted, states, connectAgain, operator, paths } = await world({
        ...{ place, hours: Number.POSITIVE_INFINITY, starts: false },
      });
      await run();
      await connectAgain(start + 2 * hour);
      vi.useFakeTimers({ toFake: ['Date'], now: start + day });
      for (const path of paths) {
        const shown = (await operator.call('GET', path)).body['state'];
        expect(['accepted', 'timed-out', 'expired']).toContain(shown);
      }
      expect(new Set(posted).size).toBe(posted.length);
      expect((await states()).every((state) => state !== undefined && hasEnded(state))).toBe(true);
    },
  );

  it('a message leaves one other behind, in one of its tries, and none once whatever it could be about has expired', async () => {
    const sent: [CommandMessage, number][] = [];
    const now = () => start;
    const send: Sender['send'] = async (message, seconds = 0) => void sent.push([message, seconds]);
    const next = { kind: 'next', chargerKey: 'op-1#a' } as const;
    for (let tried = 1; tried <= tries; tried += 1) await leaveAnother({ send, now }, next, tried);
    const since = new Date(start).toISOString();
    expect(sent).toEqual([[{ ...next, since }, 900]]);

    const campaign = {
      kind: 'campaign',
      operatorId: 'op-1',
      campaignId: 'cmp-1',
      look: 3,
    } as const;
    await leaveAnother({ send, now }, campaign, triesToLeaveAnother);
    expect(sent.pop()).toEqual([{ ...campaign, since }, 900]);

    const old = { ...next, since: new Date(start - 9 * day).toISOString() };
    await leaveAnother({ send, now }, old, triesToLeaveAnother);
    expect(sent).toHaveLength(1);
  });
});

describe('a command that expires while nothing happens at its charger', () => {
  it.each([
    ['two minutes', 120_000, 1],
    ['a quarter of an hour', 900_000, 2],
    ['a day', day, 96],
    ['a week', 7 * day, 7 * 96],
  ])(
    'a command to a charger that is offline ends when its life of %s is over, at the time that it was given, and is looked at each quarter of an hour until then',
    async (_life, life, most) => {
      const { run, states, commands, clock, looks } = await world(noLoss, {
        isOnline: false,
        lives: [life],
      });
      const [command] = commands;
      await run();
      expect(await states()).toEqual(['expired']);
      expect(clock.now - start).toBeLessThan(life + 2_000);
      const kept = await readCommand(database, command?.chargerKey ?? '', command?.sequence ?? '');
      expect(kept?.finishedAt).toBe(command?.expiresAt);
      expect(looks()).toBeLessThanOrEqual(most);
    },
  );

  it('a command that was answered or cancelled is not looked at for the rest of its life', async () => {
    const { run, states, looks } = await world(noLoss, { lives: [day, day, 7 * day] });
    await run();
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(looks()).toBeLessThanOrEqual(3);
  });

  it('the list of the commands of a charger ends those that it shows as expired, and no other one', async () => {
    const { operator, chargerId, states } = await world(noLoss, { isOnline: false });
    vi.useFakeTimers({ toFake: ['Date'], now: start + 120_000 });
    const { items = [] } = (await operator.call('GET', `/chargers/${chargerId}/commands`)).body;
    expect(items.map(({ state }) => state)).toEqual(['queued', 'expired', 'queued']);
    expect(await states()).toEqual(['queued', 'expired', 'queued']);
  });

  it('a command that is shown as sent long after its deadline has its line looked at', async () => {
    const { operator, chargerId, paths, commands } = await world(noLoss, { isOnline: false });
    const [{ sequence = '' } = {}] = commands;
    const chargerKey = keyOf(operator.operatorId, chargerId);
    await takeOff(database, chargerKey, sequence, start, true);
    const queuedOnReading = async (ms: number) => {
      sentMessages.length = 0;
      vi.useFakeTimers({ toFake: ['Date'], now: start + ms });
      const shown = (await operator.call('GET', paths[0] ?? '')).body;
      expect(shown['state']).toBe('sent');
      return [...sentMessages];
    };
    expect(await queuedOnReading(59_999)).toEqual([]);
    expect(await queuedOnReading(60_000)).toEqual([{ kind: 'next', chargerKey }]);
  });
});
