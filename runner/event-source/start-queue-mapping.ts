import type { Invocation, Invoke } from '../runner-interfaces.ts';
import type { Message } from '../sqs/message.ts';
import { bodyDigest } from '../sqs/message-digest.ts';
import type { Queue } from '../sqs/queue.ts';
import { systemAttributes } from '../sqs/sqs-operations.ts';
import { cloudLocation } from '../template/cloud-location.ts';
import type { JsonObject } from '../template/json-object.ts';
import { type BatchOutcome, batchOutcome } from './batch-outcome.ts';
import { matchesPattern } from './event-pattern.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { type EventSourceOptions, looksAtTimes } from './event-source-options.ts';
import { createPause, type Pause } from './pause.ts';
import { type RunningSource, withinGrace } from './running-source.ts';

/** The parts a queue mapping needs. */
export type QueueMappingParts = {
  readonly mapping: EventSourceMapping;
  readonly queue: Queue;
  readonly invoke: Invoke;
  readonly options: EventSourceOptions;
};

/** Feeds a function from a queue: what succeeds is deleted, what fails comes back when its visibility timeout is over. */
export function startQueueMapping(parts: QueueMappingParts): RunningSource {
  const { mapping, queue } = parts;
  const pause = createPause();
  const failed = new Set<string>();
  let done = 0;
  const run = async () => {
    while (!pause.isStopped()) {
      const batch = await collect(parts, pause);
      const hurries = pause.hurries();
      const outcome = await deliver(parts, batch, pause);
      done += outcome.succeeded.length;
      for (const { receiptHandle = '' } of outcome.failed) failed.add(receiptHandle);
      // A message that failed while a service came back may have met it before: it would miss the call to try again.
      if (hurries !== pause.hurries()) tryAgain();
      forgetReceivedAgain();
    }
  };
  /** Whatever was received again has another handle. */
  const forgetReceivedAgain = () => {
    for (const handle of failed) if (!queue.isHidden(handle)) failed.delete(handle);
  };
  const tryAgain = () => {
    for (const handle of failed) queue.changeVisibility(handle, 0);
    failed.clear();
  };
  const running = Array.from({ length: mapping.width }, run);
  return {
    wake: () => {},
    hurry: () => {
      pause.hurry();
      tryAgain();
    },
    doneCount: () => done,
    settle: async () => {
      while (!pause.isStopped() && isBusy(queue)) {
        await pause.wait(10);
      }
    },
    stop: async () => {
      pause.stop();
      queue.stop();
      await withinGrace(Promise.all(running));
    },
  };
}

function isBusy(queue: Queue): boolean {
  const { visible, inFlight, delayed } = queue.counts();
  return visible + inFlight + delayed > queue.delayedCount(looksAtTimes);
}

async function collect(parts: QueueMappingParts, pause: Pause): Promise<readonly Message[]> {
  const { mapping, queue, options } = parts;
  const batch: Message[] = [...(await queue.receiveWaiting(mapping.batchSize, 0.25))];
  const deadline = performance.now() + mapping.windowMilliseconds * (options.windowScale ?? 1);
  while (batch.length > 0 && batch.length < mapping.batchSize && performance.now() < deadline) {
    await pause.wait(Math.min(20, deadline - performance.now()));
    batch.push(...queue.receive(mapping.batchSize - batch.length));
  }
  return batch;
}

/** Pause before a batch is tried again that found the function without room. */
const throttledMilliseconds = 250;

/**
 * Whether nobody else can receive the messages yet. Lambda tries a throttled batch again meanwhile, which is why AWS recommends a
 * visibility timeout of six times the function's.
 */
const isStillOurs = (queue: Queue, messages: readonly Message[]): boolean =>
  messages.every(({ receiptHandle = '' }) => queue.isHidden(receiptHandle));

type Delivered = { readonly succeeded: readonly Message[]; readonly failed: readonly Message[] };

async function deliver(
  parts: QueueMappingParts,
  batch: readonly Message[],
  pause: Pause,
): Promise<Delivered> {
  const { mapping, queue, invoke } = parts;
  const wanted: Message[] = [];
  for (const message of batch) {
    if (isWanted(mapping, message)) {
      wanted.push(message);
    } else {
      // As on AWS: what no filter wants is deleted.
      queue.remove(message.receiptHandle ?? '');
    }
  }
  if (wanted.length === 0) {
    return { succeeded: [], failed: [] };
  }
  const Records = wanted.map((message) => messageRecord(message, queue.settings.arn));
  const invokeOnce = async (): Promise<Invocation> =>
    await invoke(mapping.functionArn, { Records }).catch(
      (error: unknown): Invocation => ({
        kind: 'failed',
        errorType: 'InvokeFailed',
        errorMessage: String(error),
      }),
    );
  let invocation = await invokeOnce();
  while (invocation.kind === 'throttled' && isStillOurs(queue, wanted) && !pause.isStopped()) {
    await pause.wait(throttledMilliseconds);
    invocation = await invokeOnce();
  }
  const outcome = batchOutcome(invocation, mapping.reportsItemFailures);
  const succeeded = wanted.filter(({ id }) => isSuccess(outcome, id));
  for (const { receiptHandle = '' } of succeeded) {
    queue.remove(receiptHandle);
  }
  return { succeeded, failed: wanted.filter(({ id }) => !isSuccess(outcome, id)) };
}

function isSuccess(outcome: BatchOutcome, id: string): boolean {
  return (
    outcome.kind === 'succeeded' ||
    (outcome.kind === 'partly-failed' && !outcome.identifiers.has(id))
  );
}

function isWanted({ patterns }: EventSourceMapping, message: Message): boolean {
  if (patterns.length === 0) {
    return true;
  }
  const event = { ...messageRecord(message, ''), body: parsedBody(message.body) };
  return patterns.some((pattern) => matchesPattern(pattern, event));
}

function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function messageRecord(message: Message, queueArn: string): JsonObject {
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, value]) => [
        name,
        {
          dataType: value.DataType,
          ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
          ...(value.BinaryValue === undefined ? {} : { binaryValue: value.BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
        },
      ]),
    ),
    md5OfBody: bodyDigest(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: cloudLocation.region,
  };
}
