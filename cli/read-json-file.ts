import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { CommandError } from '../clients/command-error.ts';

/** The text of a file, or of standard input for `-`; a CommandError when it cannot be read. */
export const readTextFile = async (file: string): Promise<string> =>
  file === '-'
    ? await readStream(process.stdin)
    : await readFile(file, 'utf8').catch(() => {
        throw new CommandError('CLI_FILE_UNREADABLE', `${file} cannot be read.`);
      });

/** The JSON value of a file, or of standard input for `-`; a CommandError when it cannot be read or is not JSON. */
export const readJsonFile = async (file: string): Promise<unknown> => {
  const text = await readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(
      'CLI_FILE_NO_JSON',
      `${file} is not valid JSON: ${(error as Error).message}.`,
    );
  }
};
