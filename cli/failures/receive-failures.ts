import {
  ChangeMessageVisibilityCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { FailureSite } from './find-failures.ts';

/** A message of a failure queue, hidden from others for as long as it was received for. */
export type ReceivedFailure = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Epoch ms. */
  readonly sentAt: number;
  readonly groupId: string | undefined;
};

const receivedFrom = (message: Message): ReceivedFailure => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
  groupId: message.Attributes?.MessageGroupId,
});

/** Receives up to ten messages of a queue and hides them for some seconds; an empty list where there is none any more. */
export async function receiveFailures(
  { sqs }: FailureSite,
  queueUrl: string,
  hiddenSeconds: number,
): Promise<readonly ReceivedFailure[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      // Asks all of the servers that keep the queue: a short look finds some of its messages only.
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId'],
    }),
  );
  return Messages.map(receivedFrom);
}

/** Lets others see a message at once that was received and stays in its queue. */
export async function showAgain(
  { sqs }: FailureSite,
  queueUrl: string,
  receiptHandle: string,
): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: 0,
    }),
  );
}
