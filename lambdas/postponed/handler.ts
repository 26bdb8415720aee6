import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { processMessage } from '../ocpp/answer-message.ts';
import { type PostponedMessage, postponedFrom } from '../ocpp/postponed-message.ts';
import { settings } from '../ocpp/settings.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';

type Waiting = { readonly id: string; readonly message: PostponedMessage };

const waitingFrom = ({ messageId, body }: SQSRecord): Waiting => ({
  id: messageId,
  message: postponedFrom(body),
});

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
      return inOrder.slice(index).map(({ id }) => id);
    }
  }
  return [];
}

/** Processes messages that could not be processed when they came, as if they arrived now; a message that fails again is retried. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const waiting = Records.map(waitingFrom);
    const chargers = Map.groupBy(waiting, ({ message }) => message.charger.chargerKey);
    const failed = (await Promise.all([...chargers.values()].map(processInOrder))).flat();
    countRecords('postponed', Records.length, failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
