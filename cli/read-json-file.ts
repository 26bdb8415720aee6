import { readFile } from 'node:fs/promises';
import { buffer as readStream } from 'node:stream/consumers';
import { CommandError } from '../clients/command-error.ts';
import { type ReadDocument, readDocument } from '../core/cdr/verify/read-document.ts';

/**
 * The text of a file, or of standard input for `-`, without a byte order mark; a CommandError when it cannot be read or is not
 * UTF-8.
 */
export const readTextFile = async (file: string): Promise<string> => {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError('CLI_FILE_UNREADABLE', `${file} is not text in UTF-8.`);
  }
};

const readBytes = async (file: string): Promise<Uint8Array> =>
  file === '-'
    ? await readStream(process.stdin)
    : await readFile(file).catch(() => {
        throw new CommandError('CLI_FILE_UNREADABLE', `${file} cannot be read.`);
      });

/** The document in a file, or in standard input for `-`; a CommandError when it cannot be read or is not JSON. */
export const readDocumentFile = async (
  file: string,
): Promise<Exclude<ReadDocument, { readonly kind: 'no-json' }>> => {
  const read = readDocument(await readTextFile(file));
  if (read.kind !== 'no-json') return read;
  throw new CommandError('CLI_FILE_NO_JSON', `${file} is not valid JSON: ${read.message}.`);
};

/** The one JSON value of a file, or of standard input for `-`; a CommandError when there is none, or more than one reading of it. */
export const readJsonFile = async (file: string): Promise<unknown> => {
  const read = await readDocumentFile(file);
  if (read.kind === 'json') return read.value;
  throw new CommandError(
    'CLI_DOCUMENT_MALFORMED',
    `${file} can be read in two ways: ${read.message}`,
  );
};

/** The JSON values of a file that has one on each line; a CommandError for a line that is none, or that has more than one reading. */
export const readJsonLines = async (file: string): Promise<readonly unknown[]> => {
  const lines = (await readTextFile(file)).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const read = readDocument(line);
    if (read.kind === 'json') return read.value;
    throw new CommandError('CLI_FILE_NO_JSON', `${file} is not valid JSON Lines: ${read.message}.`);
  });
};
