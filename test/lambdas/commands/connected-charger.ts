import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, vi } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import {
  configurationDue,
  readConfiguration,
} from '../../../lambdas/store/chargers/desired-configuration.ts';
import { isPasswordOpen } from '../../../lambdas/store/chargers/password-sent.ts';
import { readCommand } from '../../../lambdas/store/commands/commands.ts';
import { readWaitingFor } from '../../../lambdas/store/commands/waiting-for.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import type { TestOperator } from '../plant.ts';

type Call = readonly [2, string, string, Record<string, unknown>];
/** A charger's answer to a CALL; undefined for none. */
export type Answer = (
  action: string,
  payload: Record<string, unknown>,
) => object | 'error' | undefined;

let count = 0;

/** The queues of the connected chargers: an answer behind which others wait asks for the next command. */
const queues = new Map<string, (message: CommandMessage) => void>();
const { send } = SQSClient.prototype;

/** Has what the steps put into the queue of commands come into that of its charger. */
function catchMessages(): void {
  vi.spyOn(SQSClient.prototype, 'send').mockImplementation(async function (
    this: SQSClient,
    command,
  ) {
    const { MessageBody = '{}' } = command.input as { readonly MessageBody?: string };
    const message = JSON.parse(MessageBody) as CommandMessage;
    const queue = 'chargerKey' in message ? queues.get(message.chargerKey) : undefined;
    if (queue === undefined) return await Reflect.apply(send, this, [command]);
    queue(message);
    return undefined;
  });
}

/** Ms after which the queue delivers a message again whose function died. */
const redelivery = 120_000;

/** Runs of a function of which one may die at a write. */
function mortalRuns(database: TestDatabase) {
  const death = { run: 0, write: 1, when: 'before' as 'before' | 'after' };
  let runs = 0;
  return {
    dieIn: (run: number, write: number, when: 'before' | 'after') =>
      Object.assign(death, { run: runs + run, write, when }),
    isKilledIn: async (handle: () => Promise<void>): Promise<boolean> => {
      runs += 1;
      if (runs === death.run) return await killAt(database, death.write, death.when, handle);
      await handle();
      return false;
    },
  };
}

/** The messages by which a handshake at a time (ISO 8601 in UTC) has a charger given what it lacks. */
async function wakingMessages(
  database: TestDatabase,
  operatorId: string,
  chargerKey: string,
  foundAt: string,
): Promise<readonly CommandMessage[]> {
  const now = Date.parse(foundAt);
  const { configuration, line } = await readWaitingFor(database, operatorId, chargerKey);
  const due = configurationDue(configuration, now);
  const isRetry = due === 'retry';
  return [
    ...(due === 'no' ? [] : [{ kind: 'configure', operatorId, chargerKey, isRetry } as const]),
    ...(isPasswordOpen(line, now) ? [{ kind: 'password', chargerKey, foundAt } as const] : []),
  ];
}

/** A charger that is connected, and the sender of its commands: what is sent to it is answered, and what is queued is done. */
export async function connectedCharger(
  database: TestDatabase,
  operator: TestOperator,
  answer: Answer,
  protocol: Protocol = 'ocpp1.6',
) {
  count += 1;
  const chargerId = `CFG-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const charger = await readCharger(database, chargerKey);
  if (charger === undefined) throw new Error('The charger was not registered');
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: `c-${count}`, protocol, connectedAt });
  const asked: [string, unknown][] = [];
  const queue: { message: CommandMessage; due: number }[] = [];
  const clock = { late: 0 };
  const settings = { heartbeatSeconds: 560, retentionDays: 1 };
  const step = {
    database,
    charger: contextOf(charger, protocol, {}),
    connectionId: `c-${count}`,
    connectedAt: Date.now(),
    now: Date.now(),
    settings,
  };
  const sender: Sender = {
    database,
    now: () => Date.now() + clock.late,
    send: async (message, seconds = 0) => {
      queue.push({ message, due: clock.late + seconds * 1000 });
    },
    post: async (_connectionId, frame) => {
      const [, messageId, action, payload] = JSON.parse(frame) as Call;
      asked.push([action, payload]);
      const given = answer(action, payload);
      if (given === 'error') {
        await answerMessage(step, JSON.stringify([4, messageId, 'NotSupported', '', {}]));
      } else if (given !== undefined) {
        await answerMessage(step, JSON.stringify([3, messageId, given]));
      }
      return 'posted';
    },
  };
  queues.set(chargerKey, (message) => void queue.push({ message, due: clock.late }));
  catchMessages();
  const runs = mortalRuns(database);
  const hasAnswered = async (sequence: string): Promise<boolean> =>
    (await readCommand(database, chargerKey, sequence))?.state !== 'sent';
  const work = async (): Promise<void> => {
    for (;;) {
      queue.sort((a, b) => a.due - b.due);
      const next = queue.shift();
      if (next === undefined) break;
      const { message, due } = next;
      // The deadline of a command that was answered changes nothing; that of one that was not has to pass.
      const isOver = message.kind === 'deadline' && (await hasAnswered(message.sequence));
      if (!isOver) clock.late = Math.max(clock.late, due);
      const handle = async () => await handleMessage(sender, message);
      // The queue delivers it again.
      if (await runs.isKilledIn(handle)) queue.push({ message, due: clock.late + redelivery });
    }
  };
  const { operatorId } = operator;
  return {
    asked,
    chargerId,
    /** Has the sender die in one of its next runs, at a write. */
    dieIn: runs.dieIn,
    /** Says something, once more where the function that answers it dies at a write; 0 for none. */
    says: async (action: string, payload: object, write = 0) => {
      const text = JSON.stringify([2, `m-${action}`, action, payload]);
      const answerIt = async () =>
        await answerMessage({ ...step, now: sender.now() }, text).then(String);
      if (write > 0) await killAt(database, write, 'after', async () => void (await answerIt()));
      return JSON.parse(await answerIt()) as readonly [3, string, Record<string, unknown>];
    },
    /** Has everything sent that waits. */
    sendWaiting: async () => {
      await handleMessage(sender, { kind: 'next', chargerKey });
      await work();
    },
    /** Connects with a password. */
    handshake: async (password: string) => {
      const authorization = `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`;
      const verdict = await verifyCharger(database, {
        chargerId,
        authorization,
        offers: ['ocpp1.6'],
      });
      expect(verdict.kind).toBe('accepted');
    },
    configure: async () => {
      await handleMessage(sender, { kind: 'configure', operatorId, chargerKey });
      await work();
    },
    /** The local list that it took from us. */
    given: async () => (await readConfiguration(database, operatorId, chargerKey)).configured?.list,
    configuration: async () =>
      (await operator.call('GET', `/chargers/${chargerId}/configuration`)).body,
    isDue: async (hours = 0) =>
      configurationDue(
        await readConfiguration(database, operatorId, chargerKey),
        Date.now() + hours * 3_600_000,
      ) === 'ask',
    /** Connects again so many minutes later. */
    connectAgain: async (minutes: number) => {
      clock.late += minutes * 60_000;
      const foundAt = new Date(sender.now()).toISOString();
      for (const message of await wakingMessages(database, operatorId, chargerKey, foundAt))
        await handleMessage(sender, message);
      await work();
    },
  };
}
