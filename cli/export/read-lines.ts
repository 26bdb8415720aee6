import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The lines of a file of an export, one after the other; none where there is no such file. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
