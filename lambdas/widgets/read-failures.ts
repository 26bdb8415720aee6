import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** URLs of the failure queues by step. */
export type FailureQueues = Readonly<Record<string, string>>;

/** The failures of a step, those included that are hidden while somebody looks at them; SQS counts about. */
export type FailureCount = { readonly step: string; readonly failures: number };

/** Reads the failure queues from a variable of the environment: JSON. */
export const failureQueuesFrom = (text: string | undefined): FailureQueues =>
  z.record(z.string(), z.string()).parse(JSON.parse(text || '{}'));

/** Counts the failures of each step. */
export const readFailures = async ({
  sqs,
  queues,
}: {
  readonly sqs: SQSClient;
  readonly queues: FailureQueues;
}): Promise<readonly FailureCount[]> =>
  await Promise.all(
    Object.entries(queues).map(async ([step, QueueUrl]) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      const failures = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
      return { step, failures };
    }),
  );
