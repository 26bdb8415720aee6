import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { processMessage } from '../ocpp/answer-message.ts';
import { type PostponedMessage, postponedFrom } from '../ocpp/postponed-message.ts';
import { settings } from '../ocpp/settings.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { passOverMessage, type Received, receivedFrom } from '../stream/pass-over-message.ts';
import { countRecords } from '../stream/stream-records.ts';

/** A message of the queue that can be read. */
type Waiting = Received & { readonly message: PostponedMessage };

/** Reads a message; one that cannot be read fails by itself and takes no other along. */
async function waitingFrom(received: Received): Promise<Waiting | 'failed' | 'passed-over'> {
  try {
    const message = postponedFrom(received.body);
    if (typeof message?.charger?.chargerKey !== 'string') throw new Error('No charger is named');
    return { ...received, message };
  } catch (error) {
    logger.error('A postponed message could not be read', { error, id: received.id });
    return (await passOverMessage('postponed', received, error)) ? 'passed-over' : 'failed';
  }
}

async function process({ message }: Waiting): Promise<void> {
  const { charger, connectionId, connectedAt, receivedAt, text } = message;
  const keptAt = new Date().toISOString();
  const step = { database, charger, connectionId, connectedAt, now: receivedAt, keptAt, settings };
  await processMessage(step, text);
}

/** Processes what a charger sent in the order in which it came; gives the ids from the first one on that failed. */
async function processInOrder(waiting: readonly Waiting[]): Promise<readonly string[]> {
  const inOrder = [...waiting].sort((a, b) => a.message.receivedAt - b.message.receivedAt);
  for (const [index, one] of inOrder.entries()) {
    try {
      await process(one);
    } catch (error) {
      const { chargerId } = one.message.charger;
      logger.error('A postponed message could not be processed', { error, chargerId, id: one.id });
      if (await passOverMessage('postponed', one, error)) continue;
      return inOrder.slice(index).map(({ id }) => id);
    }
  }
  return [];
}

/** Processes messages that could not be processed when they came, as if they arrived now; a message that fails again is retried. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const received = Records.map(receivedFrom);
    const read = await Promise.all(received.map(waitingFrom));
    const unread = received.filter((_one, index) => read[index] === 'failed').map(({ id }) => id);
    const waiting = read.filter((one) => typeof one === 'object');
    const chargers = Map.groupBy(waiting, ({ message }) => message.charger.chargerKey);
    const unprocessed = await Promise.all([...chargers.values()].map(processInOrder));
    const failed = [...unread, ...unprocessed.flat()];
    countRecords('postponed', Records.length, failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
