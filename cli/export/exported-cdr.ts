import { CommandError } from '../../clients/command-error.ts';
import { readDocument } from '../../core/cdr/verify/read-document.ts';
import { fileOf } from './export-progress.ts';
import { readLines } from './read-lines.ts';

type Line = Readonly<Record<string, unknown>>;

/** The lines of a file of an export that are wanted; a CommandError for a wanted one that two programs could read in two ways. */
async function linesOf(
  folder: string,
  name: string,
  isWanted: (line: Line) => boolean,
): Promise<readonly Line[]> {
  const found: Line[] = [];
  for await (const text of readLines(fileOf(folder, name))) {
    const line = Object(JSON.parse(text)) as Line;
    if (!isWanted(line)) continue;
    const read = readDocument(text);
    if (read.kind !== 'json') {
      throw new CommandError(
        'CLI_DOCUMENT_MALFORMED',
        `${name}.jsonl in ${folder}: ${read.message}`,
      );
    }
    found.push(line);
  }
  return found;
}

/** All CDRs of a charger in an export, its id in any case. */
export const exportedCdrsOf = async (folder: string, chargerId: string): Promise<readonly Line[]> =>
  await linesOf(
    folder,
    'cdrs',
    (line) => String(line['chargerId']).toLowerCase() === chargerId.toLowerCase(),
  );

/** A CDR in an export, the one before it in its chain, and the readings that it is based on. */
export type ExportedCdr = {
  readonly cdr: unknown;
  readonly previous?: unknown;
  readonly readings: { readonly items: readonly unknown[]; readonly nextCursor: null };
};

const sealOf = (line: Line): { readonly sequence?: number; readonly hash?: string } =>
  Object(line['seal']) as { sequence?: number; hash?: string };

/** Finds a CDR in an export with all that it is verified by; a CommandError where the export has none of this id. */
export async function exportedCdr(folder: string, cdrId: string): Promise<ExportedCdr> {
  const [cdr] = await linesOf(folder, 'cdrs', (line) => line['cdrId'] === cdrId);
  if (cdr === undefined) {
    throw new CommandError('CLI_EXPORT_NO_CDR', `The export in ${folder} has no CDR ${cdrId}.`);
  }
  const { sequence = 0 } = sealOf(cdr);
  const [previous] = await linesOf(
    folder,
    'cdrs',
    (line) => line['chargerId'] === cdr['chargerId'] && sealOf(line).sequence === sequence - 1,
  );
  const counted = await linesOf(folder, 'cdr-readings', (line) => line['cdrId'] === cdrId);
  const keys = new Set(counted.map(({ key }) => key));
  const readings = await linesOf(
    folder,
    'readings',
    (line) => line['sessionId'] === cdr['sessionId'] && keys.has(line['key']),
  );
  // Late readings of the CDR in force may be what this one was made from: its own list says so.
  const items = readings.map(({ sessionId: _session, late: _late, ...reading }) => reading);
  return {
    cdr,
    ...(previous && sequence > 1 && { previous }),
    readings: { items, nextCursor: null },
  };
}
