import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CorrectionMessage } from './correction-message.ts';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false });

/** Puts a session into the queue of those to be looked at again (CORRECTIONS_QUEUE_URL), which hands it out with a delay. */
export async function sendCorrection(message: CorrectionMessage): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['CORRECTIONS_QUEUE_URL'] ?? '',
      MessageBody: JSON.stringify(message),
    }),
  );
}
