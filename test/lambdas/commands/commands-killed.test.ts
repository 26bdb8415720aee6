import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { landAnswered } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { newOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const start = Date.parse('2026-04-14T16:30:00.000Z');
const accepted = { kind: 'answered', outcome: { kind: 'accepted' } } as const;

/** How a charger takes a command: `gone` drops its connection and connects again, then answers. */
const behaviours = ['once', 'twice', 'late', 'never', 'another-id', 'gone'] as const;
type Behaviour = (typeof behaviours)[number];

/** Seconds after which the queue delivers a message again whose function died. */
const visibility = 120;

let count = 0;

/** A charger, its commands and their queue, on a clock that jumps from event to event. */
async function chaos(takes: readonly Behaviour[]) {
  count += 1;
  const chargerKey = `op-1#chaos-${count}`;
  const clock = { now: start };
  const events: { at: number; run: () => Promise<void> }[] = [];
  const later = (seconds: number, run: () => Promise<void>): void => {
    events.push({ at: clock.now + seconds * 1000, run });
  };
  const commands = takes.map(
    (_take, n): Command => ({
      sequence: commandSequence(start + n, 'a'),
      chargerKey,
      operatorId: 'op-1',
      chargerId: `chaos-${count}`,
      state: 'queued',
      request: { type: 'clear-cache' },
      frame: String(n),
      createdAt: new Date(start).toISOString(),
      expiresAt: new Date(start + 86_400_000).toISOString(),
    }),
  );
  const open = { since: 0, n: undefined as number | undefined };
  const [posted, overlaps]: [number[], number[]] = [[], []];
  const connect = async (n: number): Promise<void> => {
    const connectedAt = new Date(clock.now).toISOString();
    await takeOver(database, chargerKey, {
      connectionId: `c-${n}`,
      protocol: 'ocpp1.6',
      connectedAt,
    });
  };
  const answer = async (n: number): Promise<void> => {
    const sequence = commands[n]?.sequence ?? '';
    const at = new Date(clock.now).toISOString();
    if (open.n === n) open.n = undefined;
    const landed = await landAnswered(database, chargerKey, sequence, accepted, at);
    if (landed === 'others-wait') later(0, async () => await handle({ kind: 'next', chargerKey }));
  };
  const reconnect = async (n: number): Promise<void> => {
    await connect(n + 1);
    await handle({ kind: 'next', chargerKey });
  };
  const react: Readonly<Record<Behaviour, (n: number) => void>> = {
    once: (n) => later(1, async () => await answer(n)),
    twice: (n) => {
      for (const seconds of [1, 2]) later(seconds, async () => await answer(n));
    },
    late: (n) => later(40, async () => await answer(n)),
    never: () => undefined,
    'another-id': () => later(1, async () => await answer(takes.length)),
    gone: (n) => later(1, async () => await answer(n)),
  };
  const dropped = new Set<number>();
  const sender: Sender = {
    database,
    now: () => clock.now,
    send: async (message, seconds = 0) => later(seconds, async () => await handle(message)),
    post: async (_connection, frame) => {
      const n = Number(frame);
      if (takes[n] === 'gone' && !dropped.has(n)) {
        dropped.add(n);
        later(5, async () => await reconnect(n));
        return 'gone';
      }
      if (open.n !== undefined && clock.now - open.since < 30_000) overlaps.push(n);
      [open.n, open.since] = [n, clock.now];
      posted.push(n);
      react[takes[n] ?? 'never'](n);
      return 'posted';
    },
  };
  const death = { run: -1, write: 0, when: 'before' as 'before' | 'after' };
  let runs = 0;
  async function handle(message: CommandMessage): Promise<void> {
    runs += 1;
    const work = async () => await handleMessage(sender, message);
    if (runs !== death.run) return await work();
    const isKilled = await killAt(database, death.write, death.when, work);
    if (isKilled) later(visibility, async () => await handle(message));
  }
  return {
    posted,
    overlaps,
    death,
    run: async (): Promise<void> => {
      await connect(0);
      for (const command of commands) {
        await createCommand(database, command);
        const { sequence, frame } = command;
        later(0, async () => {
          await handle({ kind: 'made', chargerKey, sequence, frame, connectionId: 'c-0' });
        });
      }
      for (;;) {
        events.sort((a, b) => a.at - b.at);
        const next = events.shift();
        if (next === undefined) return;
        clock.now = Math.max(clock.now, next.at);
        await next.run();
      }
    },
    states: async () =>
      await Promise.all(
        commands.map(
          async ({ sequence }) => (await readCommand(database, chargerKey, sequence))?.state,
        ),
      ),
  };
}

describe('commands in chaos', () => {
  type Death = { readonly run: number; readonly write: number; readonly when: 'before' | 'after' };

  /**
   * The states that are true of a command in the end: one that was sent and answered in time was accepted, and one that was not sent, since
   * its function died, timed out, as one that nobody answered. A late answer counts where the function died that was to end it before.
   */
  const truths = (take: Behaviour | undefined, isPosted: boolean, mayDie: boolean) => {
    if (!isPosted) return mayDie ? ['timed-out'] : [];
    if (take === 'late' && mayDie) return ['accepted', 'timed-out'];
    const isAnswered = take === 'once' || take === 'twice' || take === 'gone';
    return [isAnswered ? 'accepted' : 'timed-out'];
  };

  const expectTruth = async (takes: readonly Behaviour[], planned: Death): Promise<void> => {
    const { run, posted, overlaps, states, death } = await chaos(takes);
    Object.assign(death, planned);
    await run();
    expect(new Set(posted).size).toBe(posted.length);
    expect(overlaps).toEqual([]);
    for (const [n, state] of (await states()).entries()) {
      expect(truths(takes[n], posted.includes(n), planned.run > 0)).toContain(state);
    }
  };

  it.each<[string, readonly Behaviour[], Death]>([
    [
      'a function dies between the end of one command and the start of the next one',
      ['once', 'another-id', 'once', 'once'],
      { run: 7, write: 2, when: 'before' },
    ],
    [
      'a function dies between putting the next command in flight and setting its deadline',
      ['never', 'once'],
      { run: 3, write: 2, when: 'after' },
    ],
    [
      'a charger answers late, twice and never, and nobody dies',
      ['late', 'twice', 'never', 'once'],
      { run: 0, write: 1, when: 'before' },
    ],
    [
      'the connection of the first command is gone',
      ['gone', 'once'],
      { run: 0, write: 1, when: 'before' },
    ],
  ])(
    'each command ends once, is sent once at most, and none overlaps another where %s',
    async (_when, takes, death) => {
      await expectTruth(takes, death);
    },
  );

  it('whatever a charger does with commands and wherever a function dies, each command ends once, is sent once at most, and none overlaps another', async () => {
    const deaths = fc.record({
      run: fc.integer({ min: 1, max: 8 }),
      write: fc.integer({ min: 1, max: 3 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    });
    const taken = fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 4 });
    // A failure names the seed that repeats it; more of them by the variable.
    const numRuns = Number(process.env['JOULEGATE_CHAOS_RUNS'] ?? 6);
    await fc.assert(fc.asyncProperty(taken, deaths, expectTruth), { numRuns });
  });

  it.each([
    ['made while its charger was connected', 'c-0'],
    ['made while its charger was offline', undefined],
  ])(
    'a command whose place is that of its cause, %s, is sent although one at a later place went first',
    async (_when, connectionId) => {
      const chargerKey = `op-1#overtaken-${connectionId}`;
      const clock = { now: start };
      const posted: string[] = [];
      const sender: Sender = {
        database,
        now: () => clock.now,
        send: async () => undefined,
        post: async (_connection, frame) => {
          posted.push(frame);
          return 'posted';
        },
      };
      const connectedAt = new Date(start).toISOString();
      const connection = { connectionId: 'c-0', protocol: 'ocpp1.6', connectedAt };
      await takeOver(database, chargerKey, connection);
      const make = async (frame: string, from = clock.now): Promise<CommandMessage> => {
        const sequence = commandSequence(from, 'a');
        await createCommand(database, {
          sequence,
          chargerKey,
          operatorId: 'op-1',
          chargerId: 'overtaken',
          state: 'queued',
          request: { type: 'clear-cache' },
          frame,
          createdAt: new Date(clock.now).toISOString(),
          expiresAt: new Date(start + 86_400_000).toISOString(),
        });
        return { kind: 'made', chargerKey, sequence, frame, connectionId: 'c-0' };
      };
      clock.now += (visibility - 1) * 1000;
      const second = await make('second');
      await handleMessage(sender, second);
      clock.now += 1000;
      // Made while the second one waits for its answer, by a run that was tried again.
      const first = { ...(await make('first', start)), connectionId } as CommandMessage;
      await handleMessage(sender, first);
      const answeredAt = new Date(clock.now).toISOString();
      const { sequence = '' } = second as { readonly sequence?: string };
      await landAnswered(database, chargerKey, sequence, accepted, answeredAt);
      await handleMessage(sender, { kind: 'next', chargerKey });

      expect(posted).toEqual(['second', 'first']);
    },
  );
});

describe('starts and stops in chaos', () => {
  const versions = ['ocpp1.6', 'ocpp2.0.1'] as const;
  const answers = ['accepts', 'silent', 'breaks'] as const;

  /** The words of a version for what a command does. */
  const words = {
    'ocpp1.6': { start: 'RemoteStartTransaction', stop: 'RemoteStopTransaction' },
    'ocpp2.0.1': { start: 'RequestStartTransaction', stop: 'RequestStopTransaction' },
  } as const;

  type Plan = {
    readonly start: (typeof answers)[number];
    readonly stop: (typeof answers)[number];
    readonly run: number;
    readonly write: number;
    readonly when: 'before' | 'after';
    readonly messageWrite: number;
  };

  /** A charger that does what it is asked, whether it says so or not. */
  async function chargerOf(protocol: (typeof versions)[number], plan: Plan) {
    const operator = await newOperator(database);
    await operator.call('POST', '/tokens', { tokenId: 'ADA' });
    await operator.call('PUT', '/settings/configuration', { useDefaults: false });
    const moods = { [words[protocol].start]: plan.start, [words[protocol].stop]: plan.stop };
    const answer: Answer = (action) => {
      const mood = moods[action] ?? 'accepts';
      if (mood === 'silent') return undefined;
      return mood === 'accepts' ? { status: 'Accepted' } : { state: 'Accep' };
    };
    return { operator, charger: await connectedCharger(database, operator, answer, protocol) };
  }

  type Said = readonly [action: string, payload: object];
  type Version = (typeof versions)[number];

  const saysStart: Readonly<Record<Version, (at: string, asked: Record<string, unknown>) => Said>> =
    {
      'ocpp1.6': (at: string) => [
        'StartTransaction',
        { connectorId: 1, idTag: 'ADA', meterStart: 1_000, timestamp: at },
      ],
      'ocpp2.0.1': (at: string, asked: Record<string, unknown>) => [
        'TransactionEvent',
        {
          ...{ eventType: 'Started', timestamp: at, triggerReason: 'RemoteStart', seqNo: 0 },
          transactionInfo: { transactionId: 'tx-1', remoteStartId: asked['remoteStartId'] },
          ...{ evse: { id: 1, connectorId: 1 }, idToken: { idToken: 'ADA', type: 'Central' } },
        },
      ],
    };
  const saysStop: Readonly<Record<Version, (at: string, transactionId: unknown) => Said>> = {
    'ocpp1.6': (at: string, transactionId: unknown) => [
      'StopTransaction',
      { transactionId, meterStop: 2_000, timestamp: at, reason: 'Remote' },
    ],
    'ocpp2.0.1': (at: string) => [
      'TransactionEvent',
      {
        ...{ eventType: 'Ended', timestamp: at, triggerReason: 'RemoteStop', seqNo: 1 },
        transactionInfo: { transactionId: 'tx-1', stoppedReason: 'Remote' },
      },
    ],
  };

  it.each(versions)(
    'whatever a charger of %s answers and wherever a function dies, each command ends once and is sent once, and the session names its start and its stop',
    async (protocol) => {
      const moods = fc.constantFrom(...answers);
      const plans = fc.record({
        start: moods,
        stop: moods,
        run: fc.integer({ min: 1, max: 4 }),
        write: fc.integer({ min: 1, max: 3 }),
        when: fc.constantFrom('before' as const, 'after' as const),
        messageWrite: fc.integer({ min: 0, max: 3 }),
      });
      const ends = {
        accepts: ['accepted', 'timed-out'],
        silent: ['timed-out'],
        breaks: ['failed', 'timed-out'],
      };
      const law = async (plan: Plan): Promise<void> => {
        const { operator, charger } = await chargerOf(protocol, plan);
        const path = `/chargers/${charger.chargerId}/commands`;
        const order = async (form: object) => {
          charger.dieIn(plan.run, plan.write, plan.when);
          // The clock of the sender jumps, and that of the API does not.
          const lasting = { ...form, expiresInSeconds: 86_400 };
          const { body } = await operator.call('POST', path, lasting);
          await charger.sendWaiting();
          return String(body['commandId']);
        };
        const show = async (id: string) => (await operator.call('GET', `/commands/${id}`)).body;
        const now = () => new Date(Date.now()).toISOString();

        const start = await order({ type: 'start', tokenId: 'ADA', connectorId: 1 });
        const asked = charger.asked.at(-1)?.[1] as Record<string, unknown>;
        const began = saysStart[protocol](now(), asked);
        const [, , answer] = await charger.says(...began, plan.messageWrite);
        const started = await show(start);
        expect(ends[plan.start]).toContain(started['state']);
        const sessionId = String(started['sessionId']);
        expect(sessionId).toMatch(/^ses_/);

        const stop = await order({ type: 'stop', sessionId });
        await charger.says(
          ...saysStop[protocol](now(), answer['transactionId']),
          plan.messageWrite,
        );
        expect(ends[plan.stop]).toContain((await show(stop))['state']);
        const { body } = await operator.call('GET', `/sessions/${sessionId}`);
        expect(body).toMatchObject({ state: 'ended', startedBy: start, stoppedBy: stop });
        const { start: startWord, stop: stopWord } = words[protocol];
        expect(charger.asked.map(([action]) => action)).toEqual([startWord, stopWord]);
        expect((await operator.call('GET', '/sessions')).body.items).toHaveLength(1);
      };
      const numRuns = Number(process.env['JOULEGATE_CHAOS_RUNS'] ?? 6);
      await fc.assert(fc.asyncProperty(plans, law), { numRuns });
    },
  );
});
