import { parse } from 'csv-parse/sync';
import { CommandError } from '../../clients/command-error.ts';

/** A row by the names of its columns, and the line of the file on which it ends. */
export type CsvRecord = {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
};

const delimiters = [',', ';', '\t'] as const;

/** Reads CSV text, with the delimiter that is given or that its first line has most. */
export function readCsv(
  text: string,
  given?: string,
): { readonly records: readonly CsvRecord[]; readonly delimiter: string } {
  const delimiter = given ?? delimiterOf(text);
  try {
    const records = parse(text, {
      columns: true,
      delimiter,
      info: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[];
    return { records, delimiter };
  } catch (error) {
    throw new CommandError(
      'CLI_CSV_UNREADABLE',
      `The CSV cannot be read: ${(error as Error).message}.`,
    );
  }
}

/** The names of the columns, of a file that has a row. */
export const columnsOf = (records: readonly CsvRecord[]): readonly string[] =>
  Object.keys(records[0]?.record ?? {});

function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string): number => bare.split(delimiter).length;
  return delimiters.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
