import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// CloudWatch adds this to every line that it takes.
const bytesPerLine = 26;

/** The bytes that CloudWatch would bill for all that is in the log files of a stack so far. */
export function logSize(dataDirectory: string): number {
  const folder = join(dataDirectory, 'logs');
  return readdirSync(folder).reduce(
    (sum, file) => sum + billedLogBytes(readFileSync(join(folder, file))),
    0,
  );
}

/** The bytes that CloudWatch would bill for lines of a log. */
export function billedLogBytes(log: Uint8Array): number {
  let lines = 0;
  for (const byte of log) {
    lines += byte === 10 ? 1 : 0;
  }
  return log.length + lines * bytesPerLine;
}
