import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueText } from '../stream/queue-text.ts';
import type { PartnerMessage } from './partner-message.ts';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({
  maxAttempts: 3,
  useQueueUrlAsEndpoint: false,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

const mostOfBatch = 10;

/** Puts messages into the queue of what concerns partners; `delaySeconds` holds them back, at most 900. */
export type SendPartnerMessages = (
  messages: readonly PartnerMessage[],
  delaySeconds?: number,
) => Promise<void>;

/** Puts messages into the queue of what concerns partners (PARTNERS_QUEUE_URL); its groups are the operators. */
export const sendPartnerMessages: SendPartnerMessages = async (messages, delaySeconds = 0) => {
  for (let from = 0; from < messages.length; from += mostOfBatch) {
    const Entries = messages.slice(from, from + mostOfBatch).map((message, index) => ({
      Id: String(index),
      MessageGroupId: message.operatorId,
      MessageBody: queueText(message),
      ...(delaySeconds === 0 ? {} : { DelaySeconds: delaySeconds }),
    }));
    const QueueUrl = process.env['PARTNERS_QUEUE_URL'] ?? '';
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const [first] = Failed;
    if (first !== undefined) {
      // As what it is: the service refused it, and may take it later.
      throw Object.assign(new Error(`A message could not be queued: ${first.Code}`), {
        $metadata: {},
      });
    }
  }
};
