import { join } from 'node:path';
import type { DelayScale } from '../event-source/event-source-options.ts';
import type { Deployment } from '../runner-interfaces.ts';
import type { Message } from './message.ts';
import { openMessageJournal } from './message-journal.ts';
import { Queue } from './queue.ts';
import { queueSettingsOf } from './queue-settings.ts';
import { steadyClock } from './steady-clock.ts';

/** All queues of a deployment by ARN. */
export type Queues = ReadonlyMap<string, Queue>;

/** How a deployment's queues are opened. */
export type OpenQueuesOptions = {
  /** Factor for each delay, 1 unless given. */
  readonly delayScale?: DelayScale;
  readonly now?: () => number;
  /** Gets a line when the disk does not take what becomes of messages. */
  readonly report?: (line: string) => void;
  /** Gets the error when the disk does not take a new message, before the sender learns of it. */
  readonly failed?: (error: unknown) => void;
};

/** Opens the queues of a deployment with the messages that the data directory holds. */
export function openQueues(
  deployment: Deployment,
  dataDirectory: string,
  { delayScale = () => 1, now = steadyClock(), report, failed }: OpenQueuesOptions = {},
): Queues {
  const queues = new Map<string, Queue>();
  for (const settings of queueSettingsOf(deployment, delayScale)) {
    const file = join(dataDirectory, 'sqs', `${settings.name}.jsonl`);
    const journal = openMessageJournal(file, report);
    const take = (message: Message): void => {
      try {
        journal.take(message);
      } catch (error) {
        failed?.(error);
        throw error;
      }
    };
    queues.set(
      settings.arn,
      new Queue(settings, { ...journal, take }, now, (queueArn, message) =>
        queues.get(queueArn)?.adopt(message),
      ),
    );
  }
  return queues;
}
