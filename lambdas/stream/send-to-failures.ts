import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PassedOver } from './passed-over.ts';
import { queueText } from './queue-text.ts';

const client = new SQSClient({
  maxAttempts: 3,
  // The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
  useQueueUrlAsEndpoint: false,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
});

/** Puts a record that is passed over into the failure queue of the step's stream (FAILURES_QUEUE_URL). */
export const sendToFailures = async (message: PassedOver): Promise<void> =>
  await sendTextToFailures(queueText(message));

/** Puts a message that is passed over, as it is, into the failure queue of the step (FAILURES_QUEUE_URL). */
export async function sendTextToFailures(text: string): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['FAILURES_QUEUE_URL'] ?? '',
      MessageBody: text,
    }),
  );
}
