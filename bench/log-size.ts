import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of all log lines of a stack so far, which is what CloudWatch bills for taking them. */
export function logSize(dataDirectory: string): number {
  const folder = join(dataDirectory, 'logs');
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
