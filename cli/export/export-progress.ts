import { mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../../clients/command-error.ts';

/** How far a file of an export is: `place` is where its writing continues, a cursor of the list or a count of lines gone through. */
export type FileProgress = {
  readonly lines: number;
  readonly bytes: number;
  readonly done: boolean;
  readonly place?: string | number;
};

/** The state of an export, kept in `export.json` of its folder. */
export type ExportProgress = {
  readonly url: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly files: Readonly<Record<string, FileProgress>>;
};

/** A file that nothing was written to yet. */
export const notBegun: FileProgress = { lines: 0, bytes: 0, done: false };

const manifest = 'export.json';

/** The file of a part of an export. */
export const fileOf = (folder: string, name: string): string => join(folder, `${name}.jsonl`);

/** Writes the state, whole or not at all. */
export async function keepProgress(folder: string, progress: ExportProgress): Promise<void> {
  const next = join(folder, `${manifest}.next`);
  await writeFile(next, `${JSON.stringify(progress, null, 2)}\n`);
  await rename(next, join(folder, manifest));
}

/**
 * Begins an export in a folder, or goes on with the one that was interrupted there: what had been written beyond the state is cut
 * off. A CommandError for a folder with other things, or an export of another stack or one that is complete.
 */
export async function openExport(
  folder: string,
  url: string,
  startedAt: string,
): Promise<ExportProgress> {
  await mkdir(folder, { recursive: true });
  const text = await readFile(join(folder, manifest), 'utf8').catch(() => undefined);
  if (text === undefined) {
    if ((await readdir(folder)).length > 0) {
      throw refusal(`${folder} is not empty, and no export was begun there.`);
    }
    const progress = { url, startedAt, files: {} };
    await keepProgress(folder, progress);
    return progress;
  }
  const progress = JSON.parse(text) as ExportProgress;
  if (progress.url !== url) throw refusal(`The export in ${folder} is one of ${progress.url}.`);
  if (progress.finishedAt !== undefined) throw refusal(`The export in ${folder} is complete.`);
  for (const name of await readdir(folder)) {
    const { bytes } = progress.files[name.replace(/\.jsonl$/, '')] ?? notBegun;
    if (name.endsWith('.jsonl')) await truncate(join(folder, name), bytes);
  }
  return progress;
}

const refusal = (message: string): CommandError =>
  new CommandError('CLI_EXPORT_FOLDER', `${message} Name another folder.`);
