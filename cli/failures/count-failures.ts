import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { FailingStep } from '../../core/failure/failing-steps.ts';
import { type FailureSite, queueUrlOf } from './find-failures.ts';

/** The number of failures of a step, those included that are hidden while somebody looks at them; SQS counts about. */
export async function countFailures(site: FailureSite, step: FailingStep): Promise<number> {
  const { Attributes = {} } = await site.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: await queueUrlOf(site, `${step}-failures`),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
