import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueText } from '../stream/queue-text.ts';
import type { OutboundMessage } from './delivery-message.ts';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({
  maxAttempts: 3,
  useQueueUrlAsEndpoint: false,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

const mostOfBatch = 10;
/** The longest delay of a message that SQS has, seconds. */
const longestDelay = 900;

/** Puts messages into the queue of deliveries. */
export type SendOutbound = (messages: readonly OutboundMessage[]) => Promise<void>;

/** One that waits for longer than a queue can delay it waits for the rest when it comes out. */
const delayed = (message: OutboundMessage) => {
  const wait = message.kind === 'replay' ? 0 : message.waitSeconds;
  const delay = Math.min(wait, longestDelay);
  const rest = message.kind === 'replay' ? message : { ...message, waitSeconds: wait - delay };
  return {
    MessageBody: queueText(rest),
    ...(delay === 0 ? {} : { DelaySeconds: delay }),
  };
};

/** The receiver that a message is for. */
function groupOf(message: OutboundMessage): string {
  switch (message.kind) {
    case 'feed':
      return message.connectionId;
    case 'payment':
      return message.attemptId;
    case 'push':
    case 'result':
      return message.partnerId;
    case 'profile':
      return message.sessionId;
    case 'delivery':
    case 'replay':
      return message.webhookId;
    default:
      return message satisfies never;
  }
}

/**
 * Puts messages into the queue of deliveries (WEBHOOKS_QUEUE_URL). Its groups are the webhooks, the connections of the live feed, the roaming
 * partners and attempts to pay: while one has many messages waiting, those of the others come first.
 */
export const sendOutbound: SendOutbound = async (messages) => {
  for (let from = 0; from < messages.length; from += mostOfBatch) {
    const Entries = messages.slice(from, from + mostOfBatch).map((message, index) => ({
      Id: String(index),
      MessageGroupId: groupOf(message),
      ...delayed(message),
    }));
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: process.env['WEBHOOKS_QUEUE_URL'] ?? '', Entries }),
    );
    const [first] = Failed;
    if (first !== undefined) {
      // As what it is: the service refused it, and may take it later.
      throw Object.assign(new Error(`A delivery could not be queued: ${first.Code}`), {
        $metadata: {},
      });
    }
  }
};
