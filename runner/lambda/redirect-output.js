// @ts-check
import { openSync, writeSync } from 'node:fs';

/**
 * Sends standard output and error of this thread into a log file, or nowhere.
 * Written here and at once: lines that cross to the main thread cost it time, and are lost when the thread dies.
 *
 * A log that cannot be written must not fail the event whose line it is: `failed` hears of the first line that is dropped.
 *
 * @param {string | undefined} logFile
 * @param {(reason: string) => void} failed
 * @returns {{ readonly takeBytes: () => number }} `takeBytes` gives the bytes written since it was last called.
 */
export function redirectOutput(logFile, failed) {
  let bytes = 0;
  let hasFailed = false;
  /** @type {number | undefined} */
  let file;
  /** @param {Uint8Array | string} chunk */
  const append = (chunk) => {
    if (logFile === undefined) return;
    try {
      file ??= openSync(logFile, 'a');
      bytes += typeof chunk === 'string' ? writeSync(file, chunk) : writeSync(file, chunk);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) failed(String(error));
      hasFailed = true;
    }
  };
  /**
   * @param {Uint8Array | string} chunk
   * @param {BufferEncoding | ((error?: Error | null) => void)} [encodingOrDone]
   * @param {(error?: Error | null) => void} [done]
   */
  const write = (chunk, encodingOrDone, done) => {
    append(chunk);
    const called = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    called?.();
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  return {
    takeBytes: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
  };
}
