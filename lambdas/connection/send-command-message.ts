import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SendCommandMessage } from './command-message.ts';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false });

/** Puts a message into the queue of commands (COMMANDS_QUEUE_URL). */
export const sendCommandMessage: SendCommandMessage = async (message, delaySeconds = 0) => {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['COMMANDS_QUEUE_URL'] ?? '',
      MessageBody: JSON.stringify(message),
      ...(delaySeconds === 0 ? {} : { DelaySeconds: Math.min(900, Math.ceil(delaySeconds)) }),
    }),
  );
};
