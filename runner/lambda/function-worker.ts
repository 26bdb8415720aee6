import { Worker } from 'node:worker_threads';
import {
  endOfWorker,
  type Unlogged,
  type WorkerEvent,
  type WorkerReply,
  type WorkerStart,
} from './worker-messages.ts';

/** One instance of a function: a thread that handles one event at a time. */
export type FunctionWorker = {
  readonly post: (event: WorkerEvent) => void;
  readonly terminate: () => Promise<void>;
};

/** Why a worker is gone, in the words of Lambda. */
export type WorkerEnd = { readonly errorType: string; readonly errorMessage: string };

/** Who hears what becomes of a worker. */
export type WorkerListener = {
  readonly replied: (reply: WorkerReply) => void;
  /** Once, whether it crashed or was terminated. */
  readonly ended: (end: WorkerEnd) => void;
};

/** Hears that the log of a worker could not be written, and why. */
export type LogFailed = (reason: string) => void;

/** How long a thread may take to come to its end by itself, ms: one that never leaves its task is stopped in the middle of it. */
const patience = 1_000;

/** Starts a worker; it says `ready` when it can take its first event. */
export function startFunctionWorker(
  start: WorkerStart,
  environment: Readonly<Record<string, string>>,
  listener: WorkerListener,
  logFailed: LogFailed,
): FunctionWorker {
  const worker = new Worker(new URL('./worker-entry.js', import.meta.url), {
    workerData: start,
    env: { ...environment },
    execArgv: executionArguments(environment),
    resourceLimits: { maxOldGenerationSizeMb: start.memoryMegabytes },
    name: start.functionName.replace(/^[^-]*-/, ''),
  });
  let end: WorkerEnd = {
    errorType: 'Runtime.ExitError',
    errorMessage: 'Runtime exited without providing a reason',
  };
  worker.on('message', (message: WorkerReply | Unlogged) => {
    if (message.kind === 'unlogged') logFailed(message.reason);
    else listener.replied(message);
  });
  worker.on('error', (error: Error) => {
    end = endAfter(error);
  });
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.on('exit', () => listener.ended(end));
  return {
    post: (event) => worker.postMessage(event),
    terminate: async () => {
      // Between two tasks: Node aborts the whole process where a thread is stopped while it makes a stream of zlib.
      worker.postMessage(endOfWorker);
      const stuck = setTimeout(() => void worker.terminate(), patience);
      await gone;
      clearTimeout(stuck);
    },
  };
}

function executionArguments(environment: Readonly<Record<string, string>>): string[] {
  const wanted = (environment['NODE_OPTIONS'] ?? '').split(' ');
  return wanted.includes('--enable-source-maps') ? ['--enable-source-maps'] : [];
}

function endAfter(error: Error & { code?: string }): WorkerEnd {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited: out of memory' };
  }
  return { errorType: error.name, errorMessage: error.message };
}
