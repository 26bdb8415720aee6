import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import { refusalOfFileError } from './data-directory-refusal.ts';
import { openDemoOperator } from './demo-operator.ts';
import { type Ready, removeReadyFile, writeReadyFile } from './ready-file.ts';
import { type Stack, startStack } from './stack.ts';
import type { StackOptions } from './stack-options.ts';
import { StartRefusal } from './start-refusal.ts';

/** A stack with its demo operator and its ready file, as `npm start` and `npm run demo` leave it. */
export type Service = {
  readonly stack: Stack;
  readonly ready: Ready;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the stack alone in its data directory, makes the demo operator once, and writes `ready.json`.
 * Refuses with `DATA_DIRECTORY_UNUSABLE` a directory in which something cannot be read or written.
 */
export async function startService(options: StackOptions): Promise<Service> {
  const directory = takeDataDirectory(options.dataDirectory);
  try {
    removeReadyFile(directory.path);
    const stack = await startStack(options);
    const ready = await makeReady(stack, directory, options.interrupted).catch(
      async (error: unknown) => {
        await stack.stop();
        throw error;
      },
    );
    return {
      stack,
      ready,
      stop: async () => {
        removeReadyFile(directory.path);
        await stack.stop();
        directory.release();
      },
    };
  } catch (error) {
    directory.release();
    throw refusalOfFileError(directory.path, error);
  }
}

async function makeReady(
  stack: Stack,
  { path }: DataDirectory,
  interrupted: AbortSignal | undefined,
): Promise<Ready> {
  const { http, chargers, secureChargers, dashboards, dynamodb, lambda, sqs, invoke, deployment } =
    stack;
  const operatorsFunction = deployment.outputs['OperatorsFunctionName'] ?? '';
  const operatorsFunctionArn = stack.functions.find(({ name }) => name === operatorsFunction)?.arn;
  if (operatorsFunctionArn === undefined) {
    throw new StartRefusal('OUTPUT_MISSING', 'The output OperatorsFunctionName names no function.');
  }
  const apiKey = await openDemoOperator({
    dataDirectory: path,
    http,
    invoke,
    operatorsFunctionArn,
  });
  const feed = stack.webSocketUrl(deployment.outputs['FeedUrl'] ?? '');
  if (feed === undefined) {
    throw new StartRefusal('OUTPUT_MISSING', 'The output FeedUrl names no WebSocket API.');
  }
  const ocpi = `${http}/ocpi/versions`;
  const ready = {
    http,
    chargers,
    ...(secureChargers && {
      chargersTls: secureChargers.url,
      certificateFile: secureChargers.certificateFile,
    }),
    feed,
    ocpi,
    dashboard: dashboards,
    apiKey,
    dynamodb,
    lambda,
    operatorsFunction,
    sqs,
  };
  interrupted?.throwIfAborted();
  writeReadyFile(path, ready);
  return ready;
}
