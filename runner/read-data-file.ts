import { readFileSync } from 'node:fs';
import { StartRefusal } from './start-refusal.ts';

/** The text of a file of the data directory; refuses with `DATA_DIRECTORY_UNUSABLE` what cannot be read, a folder for example. */
export function readDataFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefusal(
      'DATA_DIRECTORY_UNUSABLE',
      `The file ${path} cannot be read: ${reason}; restore or remove it.`,
    );
  }
}
