import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type FailingStep, failingSteps } from '../../core/failure/failing-steps.ts';
import { readFailure } from '../../core/failure/read-failure.ts';
import { type FailureSite, queueUrlOf } from './find-failures.ts';
import { readStream } from './read-stream.ts';
import type { ReceivedFailure } from './receive-failures.ts';

/**
 * Hands a failure to its step again. Every step may get the same thing twice, so that one that is handed over and not deleted
 * changes nothing. A step that fails again is an error that says why.
 */
export async function retryFailure(
  site: FailureSite,
  step: FailingStep,
  { body, groupId }: ReceivedFailure,
): Promise<void> {
  const failure = readFailure(body);
  switch (failure.kind) {
    case 'record':
      return await handOver(site, failure.functionName, [failure.record]);
    case 'place': {
      const records = await readStream(site, failure.place);
      return await handOver(site, `${site.prefix}${step}`, records);
    }
    case 'message':
      break;
    default:
      return failure satisfies never;
  }
  if (failingSteps[step] === 'run') {
    await invoke(site, `${site.prefix}${step}`, {});
    return;
  }
  if (failingSteps[step] === 'stream') throw new Error('It is neither a record nor a place');
  await site.sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrlOf(site, step),
      MessageBody: body,
      ...(groupId !== undefined && { MessageGroupId: groupId }),
    }),
  );
}

async function handOver(
  site: FailureSite,
  functionName: string,
  records: readonly unknown[],
): Promise<void> {
  if (records.length === 0) throw new Error('The stream has these records no more');
  const { batchItemFailures = [] } = await invoke(site, functionName, { Records: records });
  if (batchItemFailures.length > 0) throw new Error('The function could not handle it yet');
}

type Answer = { readonly batchItemFailures?: readonly unknown[] };

async function invoke(
  { lambda }: FailureSite,
  FunctionName: string,
  event: object,
): Promise<Answer> {
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  const text = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(text);
  return (JSON.parse(text || 'null') ?? {}) as Answer;
}
