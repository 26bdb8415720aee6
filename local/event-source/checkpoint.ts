import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How far a mapping has come in a stream. */
export type Checkpoint = { readonly shardId: string; readonly sequence: bigint };

/** The checkpoint of a mapping in the data directory. */
export type CheckpointFile = {
  readonly load: () => Checkpoint | undefined;
  readonly save: (checkpoint: Checkpoint) => void;
};

/** Opens the checkpoint of a mapping. A crash loses the newest save at most: its records are delivered again. */
export function openCheckpointFile(file: string): CheckpointFile {
  mkdirSync(dirname(file), { recursive: true });
  return {
    load: () => {
      if (!existsSync(file)) {
        return undefined;
      }
      const [shardId = '', sequence = ''] = readFileSync(file, 'utf8').trim().split(' ');
      return { shardId, sequence: BigInt(sequence) };
    },
    save: ({ shardId, sequence }) => {
      writeFileSync(`${file}.new`, `${shardId} ${sequence}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}
