import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import { refusalOfFileError } from './data-directory-refusal.ts';
import { type DemoOperator, demoOperator, openDemoOperator } from './demo-operator.ts';
import { type Ready, removeReadyFile, writeReadyFile } from './ready-file.ts';
import { type Stack, startStack } from './stack.ts';
import type { StackOptions } from './stack-options.ts';
import { StartRefusal } from './start-refusal.ts';

/** A stack with its demo operator and its ready file, as `npm start` and `npm run demo` leave it. */
export type Service = {
  readonly stack: Stack;
  readonly ready: Ready;
  /** An administrator key of a further operator of the demo, made once in a data directory. */
  readonly openOperator: (operator: DemoOperator) => Promise<string>;
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
    const openOperator = (operator: DemoOperator) =>
      openDemoOperator(operatorOptions(stack, directory), operator);
    const ready = await makeReady(stack, directory, openOperator, options.interrupted).catch(
      async (error: unknown) => {
        await stack.stop();
        throw error;
      },
    );
    return {
      stack,
      ready,
      openOperator,
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

const operatorsFunctionOf = ({ deployment }: Stack): string =>
  deployment.outputs['OperatorsFunctionName'] ?? '';

function operatorOptions(stack: Stack, { path }: DataDirectory) {
  const { http, invoke, functions } = stack;
  const operatorsFunction = operatorsFunctionOf(stack);
  const operatorsFunctionArn = functions.find(({ name }) => name === operatorsFunction)?.arn;
  if (operatorsFunctionArn === undefined) {
    throw new StartRefusal('OUTPUT_MISSING', 'The output OperatorsFunctionName names no function.');
  }
  return { dataDirectory: path, http, invoke, operatorsFunctionArn };
}

async function makeReady(
  stack: Stack,
  { path }: DataDirectory,
  openOperator: Service['openOperator'],
  interrupted: AbortSignal | undefined,
): Promise<Ready> {
  const { http, chargers, secureChargers, dashboards, dynamodb, lambda, sqs, deployment } = stack;
  const operatorsFunction = operatorsFunctionOf(stack);
  const apiKey = await openOperator(demoOperator);
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
