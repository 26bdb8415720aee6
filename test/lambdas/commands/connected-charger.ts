import { expect } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { handleMessage } from '../../../lambdas/commands/advance-commands.ts';
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
import type { TestOperator } from '../plant.ts';

type Call = readonly [2, string, string, Record<string, unknown>];
/** A charger's answer to a CALL; undefined for none. */
export type Answer = (
  action: string,
  payload: Record<string, unknown>,
) => object | 'error' | undefined;

let count = 0;

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
      await handleMessage(sender, message);
    }
  };
  const { operatorId } = operator;
  return {
    asked,
    chargerId,
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
      const found = await readWaitingFor(database, operatorId, chargerKey);
      const due = configurationDue(found.configuration, sender.now());
      const isRetry = due === 'retry';
      const foundAt = new Date(sender.now()).toISOString();
      if (due !== 'no')
        await handleMessage(sender, { kind: 'configure', operatorId, chargerKey, isRetry });
      if (isPasswordOpen(found.line, sender.now()))
        await handleMessage(sender, { kind: 'password', chargerKey, foundAt });
      await work();
    },
  };
}
