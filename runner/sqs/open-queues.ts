import { join } from 'node:path';
import type { Deployment } from '../runner-interfaces.ts';
import { openMessageJournal } from './message-journal.ts';
import { Queue } from './queue.ts';
import { queueSettingsOf } from './queue-settings.ts';

/** All queues of a deployment by ARN. */
export type Queues = ReadonlyMap<string, Queue>;

/** How a deployment's queues are opened. */
export type OpenQueuesOptions = {
  /** Factor for the delays of queues, 1 unless given. */
  readonly delayScale?: number | undefined;
  readonly now?: () => number;
};

/** Opens the queues of a deployment with the messages that the data directory holds. */
export function openQueues(
  deployment: Deployment,
  dataDirectory: string,
  { delayScale = 1, now = Date.now }: OpenQueuesOptions = {},
): Queues {
  const queues = new Map<string, Queue>();
  for (const settings of queueSettingsOf(deployment, delayScale)) {
    const journal = openMessageJournal(join(dataDirectory, 'sqs', `${settings.name}.jsonl`));
    queues.set(
      settings.arn,
      new Queue(settings, journal, now, (queueArn, message) =>
        queues.get(queueArn)?.adopt(message),
      ),
    );
  }
  return queues;
}
