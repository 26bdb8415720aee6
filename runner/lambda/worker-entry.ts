import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { redirectOutput } from './redirect-output.ts';
import type { WorkerEvent, WorkerReply, WorkerStart } from './worker-messages.ts';

/** The thread in which one instance of a function lives: loads its module once, then handles event after event. */
const start: WorkerStart = workerData;
const log = redirectOutput(start.logFile);

type Handler = (event: unknown, context: object) => unknown;

try {
  const module: Readonly<Record<string, unknown>> = await import(
    pathToFileURL(start.modulePath).href
  );
  const handler = module[start.exportName];
  if (typeof handler !== 'function') {
    throw new TypeError(`${start.exportName} is undefined or not exported`);
  }
  parentPort?.on('message', (message: WorkerEvent) => {
    void handle((event, context) => handler(event, context), message);
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'unusable', ...reported(error) });
}

async function handle(handler: Handler, message: WorkerEvent): Promise<void> {
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    const payload = JSON.stringify(result) ?? 'null';
    reply({ kind: 'returned', payload, logBytes: log.takeBytes() });
  } catch (error) {
    reply({ kind: 'failed', ...reported(error), logBytes: log.takeBytes() });
  }
}

function contextOf({ requestId, deadline }: WorkerEvent): object {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: start.functionName,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    invokedFunctionArn: start.functionArn,
    logGroupName: start.logGroupName,
    logStreamName: start.logStreamName,
    memoryLimitInMB: String(start.memoryMegabytes),
  };
}

/** The error as the caller sees it; the log gets its stack too, as Lambda writes it. */
function reported(error: unknown): { errorType: string; errorMessage: string } {
  const known = error instanceof Error;
  const errorType = known ? error.name : typeof error;
  const errorMessage = known ? error.message : String(error);
  const stackTrace = known ? error.stack?.split('\n') : undefined;
  const timestamp = new Date().toISOString();
  const line = { timestamp, level: 'ERROR', errorType, errorMessage, stackTrace };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  return { errorType, errorMessage };
}

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}
