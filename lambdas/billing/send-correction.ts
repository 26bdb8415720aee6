import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type {
  CorrectionMessage,
  MissingMessagesMessage,
  MissingStopMessage,
} from './correction-message.ts';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({ maxAttempts: 5, useQueueUrlAsEndpoint: false });

/** The delay of what an operator ordered, seconds: any that is given takes the place of the queue's own. */
const orderedDelay = 1;

/** Puts a session into the queue for reviews (CORRECTIONS_QUEUE_URL), which delivers it with a delay, unless an operator ordered it. */
export async function sendCorrection(message: CorrectionMessage): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['CORRECTIONS_QUEUE_URL'] ?? '',
      MessageBody: JSON.stringify(message),
      ...(message.isOrdered === true && { DelaySeconds: orderedDelay }),
    }),
  );
}

/** The longest delay of a message that SQS has, minutes. */
const mostDelayMinutes = 15;

/**
 * Has the corrections step ask in some minutes whether the stop of a session is missing. What is longer than SQS can delay a
 * message comes back to the queue with the minutes that are left.
 */
export async function sendMissingStop(
  { sessionId, missingSince }: MissingStopMessage,
  minutes: number,
): Promise<void> {
  const waits = Math.min(minutes, mostDelayMinutes);
  const minutesLeft = minutes - waits;
  const message = { sessionId, missingSince, ...(minutesLeft > 0 && { minutesLeft }) };
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['CORRECTIONS_QUEUE_URL'] ?? '',
      MessageBody: JSON.stringify(message),
      DelaySeconds: waits * 60,
    }),
  );
}

/** Has the corrections step ask in some seconds, at most 900, for the CDR of a session that waits for messages. */
export async function sendMissingMessages(
  message: MissingMessagesMessage,
  seconds: number,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: process.env['CORRECTIONS_QUEUE_URL'] ?? '',
      MessageBody: JSON.stringify(message),
      DelaySeconds: seconds,
    }),
  );
}
