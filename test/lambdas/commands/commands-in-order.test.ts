import '../quiet.ts';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAnswerOverdue } from '../../../core/command/answer-time.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { hasEnded } from '../../../core/command/command-state.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { messageOfNew } from '../../../lambdas/connection/write-command.ts';
import {
  type Connection,
  endConnection,
  takeOver,
} from '../../../lambdas/store/chargers/connections.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { landAnswered, readLine } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand, endQueued, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { countRequests } from '../count-requests.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const start = Date.parse('2026-04-14T16:30:00.000Z');
const at = (ms: number): string => new Date(ms).toISOString();
const accepted = { kind: 'answered', outcome: { kind: 'accepted' } } as const;

/** Ms after which the queue delivers a message again whose function died. */
const visibility = 120_000;

type Death = { readonly write: number; readonly when: 'before' | 'after' };
type Happening =
  | { readonly kind: 'make' | 'wait' | 'connect' | 'disconnect' }
  /** One of the messages that are due: it comes again afterwards, or where its function dies. */
  | {
      readonly kind: 'deliver';
      readonly n: number;
      readonly again: boolean;
      readonly death?: Death;
    }
  /** The one in flight is answered; whoever takes the answer dies before it asks for the next. */
  | { readonly kind: 'answer'; readonly dies: boolean }
  | { readonly kind: 'cancel'; readonly n: number };

let count = 0;

/** A charger, commands that are made one after the other, and a queue that keeps no order. */
function chargerOf() {
  count += 1;
  const chargerId = `order-${count}`;
  const chargerKey = `op-1#${chargerId}`;
  const clock = { now: start };
  const commands: Command[] = [];
  const received: string[] = [];
  const queue: { readonly message: CommandMessage; readonly due: number }[] = [];
  const connection: { id: string; isOpen: boolean } = { id: '', isOpen: false };
  const sender: Sender = {
    database,
    now: () => clock.now,
    send: async (message, seconds = 0) =>
      void queue.push({ message, due: clock.now + seconds * 1000 }),
    post: async (connectionId, frame) => {
      if (!connection.isOpen || connectionId !== connection.id) return 'gone';
      received.push(frame);
      return 'posted';
    },
  };
  const connect = async (): Promise<void> => {
    Object.assign(connection, { id: `c-${clock.now}`, isOpen: true });
    await takeOver(database, chargerKey, {
      ...{ connectionId: connection.id, protocol: 'ocpp1.6', connectedAt: at(clock.now) },
    });
    const line = await readLine(database, chargerKey);
    if (line.isWaiting || isAnswerOverdue(line.sentAt, clock.now)) {
      await sender.send({ kind: 'next', chargerKey });
    }
  };
  const disconnect = async (): Promise<void> => {
    connection.isOpen = false;
    await endConnection(database, chargerKey, connection.id, at(clock.now));
  };
  const make = async (): Promise<Command> => {
    const sequence = commandSequence(clock.now, 'a');
    const command: Command = {
      ...{ sequence, chargerKey, operatorId: 'op-1', chargerId, state: 'queued' },
      ...{ request: { type: 'clear-cache' }, frame: sequence, protocol: 'ocpp1.6' },
      ...{ createdAt: at(clock.now), expiresAt: at(start + 86_400_000) },
    };
    const seen: Connection = {
      ...{ connectionId: connection.id, protocol: 'ocpp1.6', connectedAt: at(start) },
      lastSeenAt: at(start),
      ...(connection.isOpen ? {} : { disconnectedAt: at(start) }),
    };
    await sender.send(messageOfNew(command, seen));
    await createCommand(database, command);
    commands.push(command);
    return command;
  };
  const handle = async (message: CommandMessage, death?: Death): Promise<void> => {
    const work = async () => await handleMessage(sender, message);
    if (death === undefined) return await work();
    const isKilled = await killAt(database, death.write, death.when, work);
    if (isKilled) queue.push({ message, due: clock.now + visibility });
  };
  const deliver = async (n: number, again: boolean, death?: Death): Promise<void> => {
    const due = queue.filter((one) => one.due <= clock.now);
    const one = due[n % due.length];
    if (one === undefined) return;
    if (!again) queue.splice(queue.indexOf(one), 1);
    await handle(one.message, death);
  };
  const answer = async (dies: boolean): Promise<void> => {
    const { inFlight = '' } = await readLine(database, chargerKey);
    if (!received.includes(inFlight)) return;
    const landed = await landAnswered(database, chargerKey, inFlight, accepted, at(clock.now));
    if (landed === 'others-wait' && !dies) await sender.send({ kind: 'next', chargerKey });
  };
  const cancel = async (n: number): Promise<void> => {
    const { sequence } = commands[n % commands.length] ?? {};
    if (sequence === undefined) return;
    await endQueued(database, chargerKey, sequence, { kind: 'cancelled' }, at(clock.now));
  };
  const live = async (one: Happening): Promise<void> => {
    switch (one.kind) {
      case 'make':
        await make();
        break;
      case 'wait':
        clock.now += 31_000;
        break;
      case 'connect':
        await connect();
        break;
      case 'disconnect':
        await disconnect();
        break;
      case 'deliver':
        await deliver(one.n, one.again, one.death);
        break;
      case 'answer':
        await answer(one.dies);
        break;
      case 'cancel':
        await cancel(one.n);
        break;
      default:
        one satisfies never;
    }
    clock.now += 100;
  };
  /** Delivers all that is in the queue, the latest first where several are due, and answers what is sent. */
  const settle = async (): Promise<void> => {
    while (queue.length > 0) {
      const due = Math.min(...queue.map((one) => one.due));
      clock.now = Math.max(clock.now + 100, due);
      await deliver(queue.filter((one) => one.due <= clock.now).length - 1, false);
      await answer(false);
    }
  };
  const states = async () =>
    await Promise.all(
      commands.map(
        async ({ sequence }) => (await readCommand(database, chargerKey, sequence))?.state,
      ),
    );
  return {
    chargerKey,
    clock,
    received,
    queue,
    connect,
    disconnect,
    make,
    deliver,
    live,
    settle,
    states,
    cancel,
  };
}

const deaths = fc.record({
  write: fc.integer({ min: 1, max: 4 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});
const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'make' } as const) },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        kind: fc.constant('deliver' as const),
        n: fc.nat(7),
        again: fc.boolean(),
        death: deaths,
      },
      { requiredKeys: ['kind', 'n', 'again'] },
    ),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const), dies: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), n: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { kind: 'wait' } as const,
      { kind: 'connect' } as const,
      { kind: 'disconnect' } as const,
    ),
  },
);

describe('the order of the commands to a charger', () => {
  it('commands reach their charger in the order in which they were made, in whatever order their messages come, whatever is cancelled and wherever a function dies', async () => {
    const lives = fc.array(happenings, { minLength: 4, maxLength: 30 });
    const numRuns = Number(process.env['JOULEGATE_CHAOS_RUNS'] ?? 60);
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const charger = chargerOf();
        await charger.connect();
        for (const one of life) await charger.live(one);
        await charger.connect();
        await charger.settle();
        // In their order, and each once at most.
        expect(charger.received).toEqual([...new Set(charger.received)].sort());
        expect((await charger.states()).every((state) => state && hasEnded(state))).toBe(true);
      }),
      { numRuns },
    );
  });

  it.each([
    ['', [0, 1, 2]],
    [' and comes twice', [0, 0, 1, 2]],
  ])(
    'a command whose message comes before that of the one made before it waits%s, and later ones are sent at once again',
    async (_how, order) => {
      const { connect, make, deliver, clock, received, settle, queue, chargerKey, cancel } =
        chargerOf();
      await connect();
      const made: string[] = [];
      for (const _one of order) {
        made.push((await make()).sequence);
        clock.now += 100;
      }
      await deliver(order.length - 1, order.length > 3);
      expect(received).toEqual(made.slice(0, 1));
      await settle();
      expect(received).toEqual(made);
      const requestsOfNext = async () =>
        await countRequests(database, async () => {
          const { sequence } = await make();
          await deliver(queue.length - 1, false);
          await landAnswered(database, chargerKey, sequence, accepted, at(clock.now));
        });
      const transaction = 'TransactWriteItems';
      const shortest = { writes: [transaction, transaction, transaction], reads: [] };
      expect(await requestsOfNext()).toEqual(shortest);
      // One that was cancelled is in the way of one other.
      clock.now += 100;
      await make();
      await cancel(order.length + 1);
      await settle();
      clock.now += 100;
      await make();
      await settle();
      expect(await requestsOfNext()).toEqual(shortest);
    },
  );

  it('commands that are made while others write their line are kept, and sent in their order', async () => {
    const { connect, make, deliver, clock, received, settle } = chargerOf();
    await connect();
    let conflicts = 0;
    database.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const parts = (args.input as { readonly TransactItems?: readonly unknown[] })
            .TransactItems;
          if (commandName !== 'TransactWriteItemsCommand' || parts?.length !== 2)
            return await next(args);
          conflicts += 1;
          throw new TransactionCanceledException({
            ...{ message: 'Transaction cancelled', $metadata: {} },
            CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
          });
        },
      { step: 'initialize', name: 'busy' },
    );
    const made: string[] = [];
    try {
      for (let n = 0; n < 3; n += 1) {
        made.push((await make()).sequence);
        clock.now += 100;
      }
    } finally {
      database.client.middlewareStack.remove('busy');
    }
    expect(conflicts).toBeGreaterThan(0);
    await deliver(2, false);
    expect(received).toEqual(made.slice(0, 1));
    await settle();
    expect(received).toEqual(made);
  });
});
