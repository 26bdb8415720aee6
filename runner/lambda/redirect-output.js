// @ts-check
import { openSync, writeSync } from 'node:fs';

/**
 * Sends standard output and error of this thread into a log file, or nowhere.
 * Written here and at once: lines that cross to the main thread cost it time, and are lost when the thread dies.
 *
 * @param {string | undefined} logFile
 * @returns {{ readonly takeBytes: () => number }} `takeBytes` gives the bytes written since it was last called.
 */
export function redirectOutput(logFile) {
  let bytes = 0;
  const file = logFile === undefined ? undefined : openSync(logFile, 'a');
  /**
   * @param {Uint8Array | string} chunk
   * @param {BufferEncoding | ((error?: Error | null) => void)} [encodingOrDone]
   * @param {(error?: Error | null) => void} [done]
   */
  const write = (chunk, encodingOrDone, done) => {
    if (file !== undefined) {
      bytes += typeof chunk === 'string' ? writeSync(file, chunk) : writeSync(file, chunk);
    }
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
