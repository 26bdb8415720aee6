import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type FailingStep, failingSteps } from '../../core/failure/failing-steps.ts';
import { readFailure } from '../../core/failure/read-failure.ts';

/** Queues and functions of the stage. */
export type RetrySite = {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  /** URLs of the failure queues, by step. */
  readonly failureQueues: Readonly<Record<string, string>>;
  /** URLs of the queues of the steps that read one. */
  readonly stepQueues: Readonly<Record<string, string>>;
  /** Begins the name of every function: `joulegate-prod-`. */
  readonly prefix: string;
  /** Time that is left to this run, ms. */
  readonly millisecondsLeft: () => number;
};

/** How the failures of a step fared: taken by it, or kept, each with the reason; `isDone` is false where the time was not enough. */
export type RetryResult = {
  readonly retried: number;
  readonly kept: readonly string[];
  readonly isDone: boolean;
};

/** Failures that are received at a time, the most that SQS gives; fewer mean that it knows of no more. */
const atOnce = 10;

/** Seconds for which ten failures are hidden while they are handed over: longer than a run may take. */
const hiddenSeconds = 300;

/** Time that is kept for handing over one failure, ms: the longest run of a step. */
const longestRun = 125_000;

const isBack = 'It failed again.';

/**
 * Hands the failures of a step to it again, and deletes those that it took: a step may get the same thing twice. One that comes
 * back as a new message, or that the step cannot take, stays in its queue. `begin` is epoch ms.
 */
export async function retryFailures(
  site: RetrySite,
  step: FailingStep,
  begin: number,
): Promise<RetryResult> {
  const queueUrl = site.failureQueues[step];
  const kept: { readonly message: Message; readonly reason: string }[] = [];
  let retried = 0;
  let isDone = true;
  for await (const message of messagesOf(site, queueUrl)) {
    if (site.millisecondsLeft() < longestRun) {
      isDone = false;
      kept.push({ message, reason: '' });
      continue;
    }
    const isBegun = failingSteps[step] === 'run' && retried > 0;
    const reason = await reasonToKeep(site, step, message, { begin, isBegun });
    if (reason === undefined) {
      const { ReceiptHandle } = message;
      await site.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      retried += 1;
    } else kept.push({ message, reason });
  }
  for (const { message } of kept) await showAgain(site, queueUrl, message);
  return { retried, kept: kept.flatMap(({ reason }) => reason || []), isDone };
}

/** Why a failure stays, otherwise undefined. A run does all that is due: one that was begun is that of all failures before it. */
async function reasonToKeep(
  site: RetrySite,
  step: FailingStep,
  message: Message,
  { begin, isBegun }: { readonly begin: number; readonly isBegun: boolean },
): Promise<string | undefined> {
  if (sentAt(message) > begin) return isBack;
  const isRun = readFailure(message.Body ?? '').kind === 'message';
  return isBegun && isRun ? undefined : await handOver(site, step, message);
}

const sentAt = ({ Attributes }: Message): number => Number(Attributes?.SentTimestamp ?? 0);

async function* messagesOf(site: RetrySite, QueueUrl: string | undefined): AsyncGenerator<Message> {
  for (;;) {
    const { Messages = [] } = await site.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: atOnce,
        VisibilityTimeout: hiddenSeconds,
        // Asks all of the servers that keep the queue: a short look finds some of its messages only.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId'],
      }),
    );
    yield* Messages;
    if (Messages.length < atOnce || site.millisecondsLeft() < longestRun) return;
  }
}

/** Hands one failure over; the reason why not, otherwise undefined. */
async function handOver(
  site: RetrySite,
  step: FailingStep,
  message: Message,
): Promise<string | undefined> {
  try {
    return await taken(site, step, message);
  } catch (error) {
    return (error as Error).message;
  }
}

async function taken(
  site: RetrySite,
  step: FailingStep,
  { Body = '', Attributes }: Message,
): Promise<string | undefined> {
  const failure = readFailure(Body);
  switch (failure.kind) {
    case 'record':
      return await invoke(site, step, { Records: [failure.record] });
    case 'place':
      return `It names a place in a stream: npm run joulegate -- failures retry ${step}`;
    case 'message':
      break;
    default:
      return failure satisfies never;
  }
  switch (failingSteps[step]) {
    case 'run':
      // Nobody waits for it: it may take longer than this run has, and one that fails again leaves a message here again.
      await site.lambda.send(
        new InvokeCommand({
          FunctionName: `${site.prefix}${step}`,
          InvocationType: 'Event',
          Payload: '{}',
        }),
      );
      return undefined;
    case 'stream':
      return 'It is neither a record nor a place.';
    case 'queue': {
      const { MessageGroupId } = Attributes ?? {};
      const group = MessageGroupId === undefined ? {} : { MessageGroupId };
      const QueueUrl = site.stepQueues[step];
      await site.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: Body, ...group }));
      return undefined;
    }
    default:
      return failingSteps[step] satisfies never;
  }
}

type Batch = { readonly batchItemFailures?: readonly unknown[] } | null;

async function invoke(
  { lambda, prefix }: RetrySite,
  step: FailingStep,
  event: object,
): Promise<string | undefined> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: `${prefix}${step}`, Payload: JSON.stringify(event) }),
  );
  const text = new TextDecoder().decode(Payload);
  if (FunctionError !== undefined) return text;
  const answer = JSON.parse(text || 'null') as Batch;
  return (answer?.batchItemFailures ?? []).length > 0 ? isBack : undefined;
}

async function showAgain(
  { sqs }: RetrySite,
  QueueUrl: string | undefined,
  { ReceiptHandle }: Message,
): Promise<void> {
  const again = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
  await sqs.send(new ChangeMessageVisibilityCommand(again));
}
