import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process of the engine of a stack, by its data directory. */
export function enginePid(dataDirectory: string): number {
  const lock = readFileSync(join(dataDirectory, 'dynoxide', 'engine.json'), 'utf8');
  return (JSON.parse(lock) as { engine: number }).engine;
}
