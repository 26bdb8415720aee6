import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { readDataFile } from '../read-data-file.ts';

/** The names of the tables that were made in a database, kept beside it: a database that has lost them is not a new one. */
export type MadeTables = {
  readonly has: (name: string) => boolean;
  readonly add: (name: string) => void;
};

/** Opens the list; a database that is not ours to keep, at a URL, has none. */
export function openMadeTables(file: string | undefined): MadeTables {
  const text = file !== undefined && existsSync(file) ? readDataFile(file) : '';
  const names = new Set(text.split('\n').filter((name) => name !== ''));
  return {
    has: (name) => names.has(name),
    add: (name) => {
      if (file === undefined || names.has(name)) return;
      names.add(name);
      writeFileSync(`${file}.new`, `${[...names].join('\n')}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}
