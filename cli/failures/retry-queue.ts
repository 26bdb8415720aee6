import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import type { FailingStep } from '../../core/failure/failing-steps.ts';
import { type FailureSite, queueUrlOf } from './find-failures.ts';
import { type ReceivedFailure, receiveFailures, showAgain } from './receive-failures.ts';
import { retryFailure } from './retry-failure.ts';

/** How the failures of a step fared: handed over, failed again and returned by the step, or left in the queue with the reason. */
export type Retried = {
  readonly step: FailingStep;
  readonly retried: number;
  readonly returned: number;
  readonly left: readonly { readonly messageId: string; readonly reason: string }[];
};

/** Seconds for which ten failures are hidden while they are handed over: longer than all of them may take. */
const hiddenSeconds = 900;

/**
 * Hands all failures of a step to it again, the oldest first as far as SQS knows, and deletes those that it took. One that fails
 * within its step for our own error comes back as a new message and is not tried a second time.
 */
export async function retryQueue(
  site: FailureSite,
  step: FailingStep,
  begin: number,
  report: (done: number) => void,
): Promise<Retried> {
  const queueUrl = await queueUrlOf(site, `${step}-failures`);
  const kept: { readonly failure: ReceivedFailure; readonly reason: string | undefined }[] = [];
  let retried = 0;
  for await (const failure of allOf(site, queueUrl)) {
    const isBack = failure.sentAt >= begin;
    const reason = isBack ? undefined : await reasonOf(site, step, failure);
    if (isBack || reason !== undefined) kept.push({ failure, reason });
    else {
      const { receiptHandle: ReceiptHandle } = failure;
      await site.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      retried += 1;
    }
    report(retried + kept.length);
  }
  for (const { failure } of kept) await showAgain(site, queueUrl, failure.receiptHandle);
  const left = kept.flatMap(({ failure: { messageId }, reason }) =>
    reason === undefined ? [] : [{ messageId, reason }],
  );
  const returned = kept.length - left.length;
  return { step, retried: retried - returned, returned, left };
}

async function* allOf(site: FailureSite, queueUrl: string): AsyncGenerator<ReceivedFailure> {
  for (;;) {
    const batch = await receiveFailures(site, queueUrl, hiddenSeconds);
    if (batch.length === 0) return;
    yield* batch;
  }
}

async function reasonOf(
  site: FailureSite,
  step: FailingStep,
  failure: ReceivedFailure,
): Promise<string | undefined> {
  try {
    await retryFailure(site, step, failure);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
