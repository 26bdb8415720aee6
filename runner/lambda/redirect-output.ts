import { openSync, writeSync } from 'node:fs';

/** Counts what went to the log. */
export type RedirectedOutput = {
  /** Bytes written since the last call. */
  readonly takeBytes: () => number;
};

type Output = { write: typeof process.stdout.write };

/**
 * Sends standard output and error of this thread into a log file, or nowhere.
 * Written here and at once: lines that cross to the main thread cost it time, and are lost when the thread dies.
 */
export function redirectOutput(logFile: string | undefined): RedirectedOutput {
  let bytes = 0;
  const file = logFile === undefined ? undefined : openSync(logFile, 'a');
  const write: Output['write'] = (
    chunk: Uint8Array | string,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ) => {
    if (file !== undefined) {
      bytes += typeof chunk === 'string' ? writeSync(file, chunk) : writeSync(file, chunk);
    }
    const called = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    called?.();
    return true;
  };
  const outputs: readonly Output[] = [process.stdout, process.stderr];
  for (const output of outputs) {
    output.write = write;
  }
  return {
    takeBytes: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
  };
}
