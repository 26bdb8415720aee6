import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of log lines: of the functions' logs, and of the APIs' access logs, which are of a cheaper class. */
export type LogSize = { readonly logBytes: number; readonly accessLogBytes: number };

/** The log lines of a stack so far, which CloudWatch bills for taking them. */
export function logSize(dataDirectory: string): LogSize {
  const folder = join(dataDirectory, 'logs');
  const size = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const files = readdirSync(folder);
  const isAccessLog = (file: string): boolean => file.endsWith('Access.log');
  return {
    logBytes: size(files.filter((file) => !isAccessLog(file))),
    accessLogBytes: size(files.filter(isAccessLog)),
  };
}

/** The bytes written between two observations. */
export const logGrowth = (before: LogSize, after: LogSize): LogSize => ({
  logBytes: after.logBytes - before.logBytes,
  accessLogBytes: after.accessLogBytes - before.accessLogBytes,
});
