import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { mayUse } from '../access/authenticate.ts';
import { outboundMessageFrom } from '../outbound/delivery-message.ts';
import { deriveWebhookKeys } from '../outbound/derive-webhook-keys.ts';
import { allowLoopback } from '../outbound/loopback-option.ts';
import { createPostText } from '../outbound/post-text.ts';
import { sendOutbound } from '../outbound/send-outbound.ts';
import { sendTogether } from '../outbound/send-together.ts';
import { logger } from '../runtime/logger.ts';
import { randomText } from '../runtime/new-id.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';
import { createBreaker } from './breaker.ts';
import { countDelivery, writeDeliveries } from './count-delivery.ts';
import { type Delivering, deliverEvent } from './deliver-event.ts';
import { deliverFeed, type Feeding } from './deliver-feed.ts';
import { feedConnection } from './feed-connection.ts';
import { replayEvents } from './replay-events.ts';

const delivering: Delivering = {
  database,
  post: createPostText({ allowLoopback }),
  send: sendTogether(sendOutbound),
  keysOf: deriveWebhookKeys,
  breaker: createBreaker(),
  now: Date.now,
  chance: Math.random,
};

const feeding: Feeding = {
  database,
  connection: feedConnection,
  send: sendOutbound,
  mayRead: async (apiKeyId, now) => await mayUse(database, apiKeyId, 'events:read', now),
  now: Date.now,
  newClaim: () => randomText(16),
};

async function process(body: string): Promise<string> {
  const message = outboundMessageFrom(body);
  switch (message.kind) {
    case 'delivery':
      return await deliverEvent(delivering, message);
    case 'replay':
      return await replayEvents({ database, send: sendOutbound, now: Date.now() }, message);
    case 'feed':
      return await deliverFeed(feeding, message);
    case 'payment': {
      // The package of the provider is large, and few runs need it.
      const { lookAtPayment } = await import('./payments/look-at-payment.ts');
      return await lookAtPayment(database, sendOutbound, message);
    }
    case 'push': {
      // Loaded when needed: most operators have no roaming partners.
      const { deliverPushNow } = await import('./deliver-push-now.ts');
      return await deliverPushNow(message);
    }
    case 'profile': {
      const { askForProfile } = await import('./ask-for-profile.ts');
      const { sendCommandMessage } = await import('../connection/send-command-message.ts');
      const asking = { database, sendCommand: sendCommandMessage, now: Date.now };
      return await askForProfile(asking, message);
    }
    case 'result': {
      const { deliverResultNow } = await import('./deliver-push-now.ts');
      return await deliverResultNow(message);
    }
    default:
      return message satisfies never;
  }
}

async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
  try {
    const outcome = await process(body);
    countDelivery(outcome);
    return true;
  } catch (error) {
    logger.error('A delivery could not be processed', { error, id: messageId });
    return false;
  }
}

/** Delivers events to webhooks, and objects to roaming partners; those of a batch at the same time, so that a slow receiver holds up no other. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const done = await Promise.all(Records.map(isDone));
    const failed = Records.filter((_record, index) => done[index] === false);
    countRecords('webhooks', Records.length, failed.length);
    writeDeliveries();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
