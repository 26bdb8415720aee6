import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type PostponedMessage, postponedText } from './postponed-message.ts';

const client = new SQSClient({
  maxAttempts: 2,
  // The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
  useQueueUrlAsEndpoint: false,
  // The charger waits meanwhile: two attempts and the time spent before end well within the message function's.
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

/** Puts a message into the queue of those to be processed later (POSTPONED_QUEUE_URL). */
export async function sendPostponed(message: PostponedMessage): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['POSTPONED_QUEUE_URL'] ?? '',
      MessageBody: postponedText(message),
    }),
  );
}
