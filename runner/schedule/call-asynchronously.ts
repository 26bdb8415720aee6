import { randomUUID } from 'node:crypto';
import type { Pause } from '../event-source/pause.ts';
import type { Invocation, Invoke } from '../runner-interfaces.ts';
import type { InvokeConfig } from './invoke-config.ts';

/** The parts an asynchronous call needs. */
export type AsynchronousCall = {
  readonly functionArn: string;
  readonly event: unknown;
  readonly config: InvokeConfig;
  readonly invoke: Invoke;
  readonly pause: Pause;
  /** Factor for the waits between tries. */
  readonly backoffScale: number;
  /** Called for a call that is given up, as AWS informs the destination. */
  readonly giveUp: (record: unknown) => void;
};

type Failure = Exclude<Invocation, { kind: 'returned' }>;

/** As on AWS: a minute before the second try, two before the third. */
const minute = 60_000;

/**
 * Calls a function as Lambda does when nobody waits for the answer: what fails is tried again after a while, what is
 * too old or has failed too often is given up on. A function without a free worker is not a failure, and waited for.
 */
export async function callAsynchronously(call: AsynchronousCall): Promise<void> {
  const { functionArn, event, config, invoke, pause, backoffScale } = call;
  const since = performance.now();
  let tries = 0;
  while (!pause.isStopped()) {
    const invocation = await invoke(functionArn, event).catch(failedToInvoke);
    if (invocation.kind === 'returned') {
      return;
    }
    tries += invocation.kind === 'throttled' ? 0 : 1;
    const isOver = tries > config.retries;
    if (isOver || performance.now() - since > config.maxAgeMilliseconds) {
      call.giveUp(
        record(call, invocation, tries, isOver ? 'RetriesExhausted' : 'EventAgeExceeded'),
      );
      return;
    }
    await pause.wait(Math.max(1, tries) * minute * backoffScale);
  }
}

function failedToInvoke(error: unknown): Invocation {
  return { kind: 'failed', errorType: 'InvokeFailed', errorMessage: String(error) };
}

function record(
  { functionArn, event }: AsynchronousCall,
  failure: Failure,
  tries: number,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
): unknown {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: tries,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: payloadOf(failure),
  };
}

function payloadOf(failure: Failure): unknown {
  switch (failure.kind) {
    case 'failed':
      return { errorType: failure.errorType, errorMessage: failure.errorMessage };
    case 'timed-out':
      return { errorMessage: `Task timed out after ${failure.seconds.toFixed(2)} seconds` };
    case 'throttled':
      return { errorMessage: 'Rate Exceeded.' };
    default:
      return failure satisfies never;
  }
}
