// @ts-check
import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { redirectOutput } from './redirect-output.js';

/** @import { Unlogged, WorkerEvent, WorkerReply, WorkerStart } from './worker-messages.ts' */

// JavaScript, as its import is: to read TypeScript each thread would load a compiler first, two fifths of its start.

/** @typedef {(event: unknown, context: object) => unknown} Handler */

/**
 * The thread in which one instance of a function lives: loads its module once, then handles event after event.
 * @type {WorkerStart}
 */
const start = workerData;
// Beside the bundles, and gone with them. Every instance of a function, of any stack, compiles the same.
enableCompileCache(join(dirname(dirname(start.modulePath)), 'compiled'));
// First of all: it may be ended before its module is loaded. The word is endOfWorker of worker-messages.ts.
parentPort?.on('message', (message) => {
  if (message === 'end') process.exit(1);
});
const log = redirectOutput(start.logFile, (reason) => reply({ kind: 'unlogged', reason }));

try {
  /** @type {Readonly<Record<string, unknown>>} */
  const module = await import(pathToFileURL(start.modulePath).href);
  const handler = module[start.exportName];
  if (typeof handler !== 'function') {
    throw new TypeError(`${start.exportName} is undefined or not exported`);
  }
  parentPort?.on('message', (message) => {
    if (message !== 'end') void handle((event, context) => handler(event, context), message);
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'unusable', ...reported(error) });
}

/**
 * @param {Handler} handler
 * @param {WorkerEvent} message
 * @returns {Promise<void>}
 */
async function handle(handler, message) {
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    const payload = JSON.stringify(result) ?? 'null';
    reply({ kind: 'returned', payload, logBytes: log.takeBytes() });
  } catch (error) {
    reply({ kind: 'failed', ...reported(error), logBytes: log.takeBytes() });
  }
}

/**
 * @param {WorkerEvent} event
 * @returns {object}
 */
function contextOf({ requestId, deadline }) {
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

/**
 * The error as the caller sees it; the log gets its stack too, as Lambda writes it.
 * @param {unknown} error
 * @returns {{ errorType: string, errorMessage: string }}
 */
function reported(error) {
  const known = error instanceof Error;
  const errorType = known ? error.name : typeof error;
  const errorMessage = known ? error.message : String(error);
  const stackTrace = known ? error.stack?.split('\n') : undefined;
  const timestamp = new Date().toISOString();
  const message = { errorType, errorMessage, stackTrace };
  const line = { timestamp, level: 'ERROR', message };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  return { errorType, errorMessage };
}

/** @param {WorkerReply | Unlogged} message */
function reply(message) {
  parentPort?.postMessage(message);
}
