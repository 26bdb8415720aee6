import { appendFile, stat } from 'node:fs/promises';
import {
  type ExportProgress,
  type FileProgress,
  fileOf,
  keepProgress,
  notBegun,
  openExport,
} from './export-progress.ts';
import { type ExportSection, exportSections } from './export-sections.ts';
import { missingLinks } from './missing-links.ts';
import { readLines } from './read-lines.ts';
import { type Ask, type Line, readPage, readWhole } from './read-page.ts';

/** Sees an export go on: so many steps of a file are done, of so many where that is known. */
export type Watch = (file: string, steps: number, of?: number) => void;

/** Lines whose parts are fetched at a time. */
const atOnce = 8;

/** An export at work: `progress` is what is kept of it. */
type Work = {
  readonly folder: string;
  readonly ask: Ask;
  readonly watch: Watch;
  progress: ExportProgress;
};

const progressOf = ({ progress }: Work, file: string): FileProgress =>
  progress.files[file] ?? notBegun;

/** Appends lines to a file, and then notes where its writing continues: what is not noted is cut off again. */
async function append(
  work: Work,
  { file, keep }: Pick<ExportSection, 'file' | 'keep'>,
  lines: readonly Line[],
  rest: Pick<FileProgress, 'done' | 'place'>,
): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(keep ? kept(line, keep) : line)}\n`).join('');
  const path = fileOf(work.folder, file);
  await appendFile(path, text);
  const { size: bytes } = await stat(path);
  const files = {
    ...work.progress.files,
    [file]: { lines: progressOf(work, file).lines + lines.length, bytes, ...rest },
  };
  work.progress = { ...work.progress, files };
  await keepProgress(work.folder, work.progress);
}

const kept = (line: Line, fields: readonly string[]): Line =>
  Object.fromEntries(Object.entries(line).filter(([name]) => fields.includes(name)));

const pathOf = (template: string, line: Line): string =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(line[name])));

async function exportList(work: Work, section: ExportSection, path: string): Promise<void> {
  let { place } = progressOf(work, section.file);
  for (;;) {
    const { lines, next } = await readPage(work.ask, path, place as string | undefined);
    await append(
      work,
      section,
      lines,
      next === null ? { done: true } : { done: false, place: next },
    );
    work.watch(section.file, progressOf(work, section.file).lines);
    if (next === null) return;
    place = next;
  }
}

/** Several settings are one file; each of its lines says of what it is. */
async function exportSingles(work: Work, section: ExportSection): Promise<void> {
  const found = section.paths.map(async (path) =>
    (await readWhole(work.ask, path)).map((line) => ({ path, ...line })),
  );
  await append(work, section, (await Promise.all(found)).flat(), { done: true });
  work.watch(section.file, progressOf(work, section.file).lines);
}

async function exportParts(
  work: Work,
  section: ExportSection,
  { file, fields }: NonNullable<ExportSection['each']>,
): Promise<void> {
  const of = progressOf(work, file).lines;
  const done = Number(progressOf(work, section.file).place ?? 0);
  const keep = section.keep && [...fields, ...section.keep];
  const partsOf = async (line: Line): Promise<readonly Line[]> => {
    const parts = section.paths.map(async (path) => await readWhole(work.ask, pathOf(path, line)));
    return (await Promise.all(parts)).flat().map((part) => ({ ...kept(line, fields), ...part }));
  };
  let gone = 0;
  let batch: Line[] = [];
  const write = async (isLast: boolean): Promise<void> => {
    const parts = await Promise.all(batch.map(partsOf));
    batch = [];
    const rest = isLast ? { done: true } : { done: false, place: gone };
    await append(work, { file: section.file, ...(keep && { keep }) }, parts.flat(), rest);
    work.watch(section.file, gone, of);
  };
  for await (const text of readLines(fileOf(work.folder, file))) {
    gone += 1;
    if (gone <= done) continue;
    batch.push(JSON.parse(text) as Line);
    if (batch.length === atOnce) await write(false);
  }
  await write(true);
}

/** CDRs that the list passed by while it was written are fetched charger by charger. */
async function completeChains(work: Work): Promise<void> {
  const section = { file: 'cdrs' };
  for (const [chargerId, { cdrIds }] of await missingLinks(fileOf(work.folder, section.file))) {
    const path = `/cdrs?chargerId=${encodeURIComponent(chargerId)}`;
    const all = await readWhole(work.ask, path);
    const missing = all.filter(({ cdrId }) => !cdrIds.has(String(cdrId)));
    await append(work, section, missing, { done: true });
  }
}

async function exportSection(work: Work, section: ExportSection): Promise<void> {
  const [path = '', ...others] = section.paths;
  if (section.each !== undefined) return await exportParts(work, section, section.each);
  if (others.length > 0) return await exportSingles(work, section);
  return await exportList(work, section, path);
}

/**
 * Writes all data of an operator into a folder, a file of JSON Lines for each kind, and goes on where an earlier export was
 * interrupted. `clock` gives the time, ISO 8601 in UTC. Gives the state at its end.
 */
export async function exportOperator(
  ask: Ask,
  { folder, url }: { readonly folder: string; readonly url: string },
  clock: () => string,
  watch: Watch = () => undefined,
): Promise<ExportProgress> {
  const work: Work = { folder, ask, watch, progress: await openExport(folder, url, clock()) };
  for (const section of exportSections) {
    if (!progressOf(work, section.file).done) await exportSection(work, section);
    if (section.file === 'cdrs') await completeChains(work);
  }
  work.progress = { ...work.progress, finishedAt: clock() };
  await keepProgress(folder, work.progress);
  return work.progress;
}
