import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { lastingTrouble } from '../lasting-trouble.ts';
import { readDataFile } from '../read-data-file.ts';

/** How far a mapping has come in a stream. */
export type Checkpoint = { readonly shardId: string; readonly sequence: bigint };

/** The checkpoint of a mapping in the data directory. */
export type CheckpointFile = {
  readonly load: () => Checkpoint | undefined;
  /** Writes it soon: replacing a file for each batch would take longer than the batch. */
  readonly save: (checkpoint: Checkpoint) => void;
  /** Writes what `save` still holds back. */
  readonly flush: () => void;
};

const holdBackMilliseconds = 1_000;

/**
 * Opens the checkpoint of a mapping. A crash loses the newest saves at most: their records are delivered again.
 * Refuses with `DATA_DIRECTORY_UNUSABLE`, at `load`, a file that holds none. `report` gets a line when the disk does not
 * take it.
 */
export function openCheckpointFile(
  file: string,
  report: (line: string) => void = () => undefined,
): CheckpointFile {
  mkdirSync(dirname(file), { recursive: true });
  const trouble = lastingTrouble(
    `The file ${file}`,
    'a restart would deliver records again',
    report,
  );
  let unsaved: Checkpoint | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (unsaved === undefined) return;
    try {
      writeFileSync(`${file}.new`, `${unsaved.shardId} ${unsaved.sequence}\n`);
      renameSync(`${file}.new`, file);
      unsaved = undefined;
      trouble.isOver();
    } catch (error) {
      // The next save tries again; until then a restart would deliver more records once more.
      trouble.begins(error);
    }
  };
  return {
    load: () => {
      if (!existsSync(file)) {
        return undefined;
      }
      const [shardId = '', sequence = ''] = readDataFile(file).trim().split(' ');
      if (!/^\d+$/.test(sequence)) {
        throw unusableFile(file, 'no place in a stream');
      }
      return { shardId, sequence: BigInt(sequence) };
    },
    save: (checkpoint) => {
      unsaved = checkpoint;
      timer ??= setTimeout(flush, holdBackMilliseconds);
    },
    flush,
  };
}
