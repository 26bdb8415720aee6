import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { CommandError } from '../../clients/command-error.ts';

/** How a CSV names what a replay needs, and in which zone its times are when they carry none. */
export type SessionDialect = {
  readonly arrivalColumn: string;
  readonly departureColumn: string;
  /** Energy in Wh, decimals allowed. */
  readonly energyColumn: string;
  readonly timeZone: string;
};

/** A recorded session of a CSV. Times are epoch milliseconds, energy is mWh. */
export type SessionRow = {
  readonly line: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly energy: bigint;
};

/** A row that cannot be replayed, and why. */
export type BrokenRow = { readonly line: number; readonly reason: string };

/** Reads recorded sessions out of CSV text; rows that are broken are named, not lost. */
export const readSessionRows = (
  text: string,
  dialect: SessionDialect,
): { readonly rows: readonly SessionRow[]; readonly broken: readonly BrokenRow[] } => {
  const records = parseCsv(text);
  const wanted = [dialect.arrivalColumn, dialect.departureColumn, dialect.energyColumn];
  const first = records[0];
  const missing =
    first === undefined ? wanted : wanted.filter((column) => !(column in first.record));
  if (missing.length > 0) {
    throw new CommandError('CLI_CSV_COLUMNS', `The CSV has no column "${missing.join('", "')}".`);
  }
  const rows: SessionRow[] = [];
  const broken: BrokenRow[] = [];
  for (const { record, info } of records) {
    const row = readRow(record, info.lines, dialect);
    if ('reason' in row) broken.push(row);
    else rows.push(row);
  }
  return { rows, broken };
};

type CsvRecord = {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
};

const parseCsv = (text: string): readonly CsvRecord[] => {
  try {
    return parse(text, {
      columns: true,
      info: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    throw new CommandError(
      'CLI_CSV_UNREADABLE',
      `The CSV cannot be read: ${(error as Error).message}.`,
    );
  }
};

const readRow = (
  record: Record<string, string>,
  line: number,
  dialect: SessionDialect,
): SessionRow | BrokenRow => {
  const startedAt = readTime(record[dialect.arrivalColumn], dialect.timeZone);
  if (startedAt === undefined) return { line, reason: `no usable ${dialect.arrivalColumn}` };
  const endedAt = readTime(record[dialect.departureColumn], dialect.timeZone);
  if (endedAt === undefined) return { line, reason: `no usable ${dialect.departureColumn}` };
  if (endedAt <= startedAt) return { line, reason: 'it ends before it starts' };
  const energy = readMilliWattHours(record[dialect.energyColumn] ?? '');
  if (energy === undefined) return { line, reason: `no usable ${dialect.energyColumn}` };
  return { line, startedAt, endedAt, energy };
};

const readTime = (text: string | undefined, timeZone: string): number | undefined => {
  if (text === undefined || text === '') return undefined;
  try {
    return /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text.slice(10))
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined; // a time that is none makes its row broken, and the row is named
  }
};

// Decimals beyond mWh are rounding dust of the spreadsheet that wrote the file: rounded half up, never through a float.
const readMilliWattHours = (text: string): bigint | undefined => {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = ''] = match;
  const digits = fraction.padEnd(4, '0');
  const up = Number(digits[3]) >= 5 ? 1n : 0n;
  return BigInt(whole) * 1000n + BigInt(digits.slice(0, 3)) + up;
};
