import { CommandError } from '../../clients/command-error.ts';
import { type CsvRecord, columnsOf, readCsv } from './read-csv.ts';
import { type DateOrder, readTime, timeForms } from './read-time.ts';

/** Units of energy that a CSV may have. */
export type EnergyUnit = 'Wh' | 'kWh';

/** How a CSV names what a replay needs, and how its cells are read. */
export type SessionDialect = {
  /** Date and time, or the date alone where the time has a column of its own. */
  readonly arrivalColumn: string;
  readonly arrivalTimeColumn?: string | undefined;
  readonly departureColumn: string;
  readonly departureTimeColumn?: string | undefined;
  /** Decimals allowed. Without a name it is the column that starts with "energy" and names Wh or kWh. */
  readonly energyColumn?: string | undefined;
  /** As the name of the column says, unless given. */
  readonly energyUnit?: EnergyUnit | undefined;
  /** Delimiter of cells; the most frequent one of the first line, unless given. */
  readonly delimiter?: string | undefined;
  /** How 03/04/2026 is read; such dates are refused unless given. */
  readonly dateOrder?: DateOrder | undefined;
  /** Zone of the times that carry none. */
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

type Refusal = { readonly reason: string };

/** How the energy of a file is read: `decimalComma` where a comma does not separate cells. */
type EnergyCells = {
  readonly column: string;
  readonly unit: EnergyUnit;
  readonly decimalComma: boolean;
};

/**
 * Reads recorded sessions out of CSV text; rows that are broken are named, not lost. Refuses with `CLI_CSV_COLUMNS` a
 * file without the columns, and with `CLI_CSV_UNIT` one that does not say whether its energy is Wh or kWh.
 */
export const readSessionRows = (
  text: string,
  dialect: SessionDialect,
): { readonly rows: readonly SessionRow[]; readonly broken: readonly BrokenRow[] } => {
  const { records, delimiter } = readCsv(text, dialect.delimiter);
  const columns = columnsOf(records);
  const column = dialect.energyColumn ?? energyColumnOf(columns);
  const wanted = [
    dialect.arrivalColumn,
    dialect.arrivalTimeColumn,
    dialect.departureColumn,
    dialect.departureTimeColumn,
    column,
  ].filter((name) => name !== undefined);
  const missing = [...new Set(wanted)].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new CommandError(
      'CLI_CSV_COLUMNS',
      `The CSV has no column "${missing.join('", "')}"; it has ${columns.map((one) => `"${one}"`).join(', ') || 'none'}.`,
    );
  }
  const unit = dialect.energyUnit ?? unitOf(column);
  const cells = { column, unit, decimalComma: delimiter !== ',' };
  const rows: SessionRow[] = [];
  const broken: BrokenRow[] = [];
  for (const { record, info } of records) {
    const row = readRow(record, dialect, cells);
    if ('reason' in row) broken.push({ line: info.lines, ...row });
    else rows.push({ line: info.lines, ...row });
  }
  return { rows, broken };
};

const unitIn = (column: string): EnergyUnit | undefined => {
  const unit = /\b(k?)wh\b/i.exec(column);
  if (unit === null) return undefined;
  return unit[1] === '' ? 'Wh' : 'kWh';
};

/** The one that a file most likely means; the one that we name where none looks like it. */
const energyColumnOf = (columns: readonly string[]): string =>
  columns.find((column) => /^energy\b/i.test(column) && unitIn(column) !== undefined) ??
  columns.find((column) => /^energy$/i.test(column)) ??
  'Energy (Wh)';

const unitOf = (column: string): EnergyUnit => {
  const unit = unitIn(column);
  if (unit !== undefined) return unit;
  throw new CommandError(
    'CLI_CSV_UNIT',
    `The column "${column}" does not say its unit; add --energy-unit Wh or --energy-unit kWh.`,
  );
};

const readRow = (
  record: CsvRecord['record'],
  dialect: SessionDialect,
  cells: EnergyCells,
): Omit<SessionRow, 'line'> | Refusal => {
  const { arrivalColumn, arrivalTimeColumn, departureColumn, departureTimeColumn } = dialect;
  const startedAt = readMoment(record, arrivalColumn, arrivalTimeColumn, dialect);
  if (typeof startedAt !== 'number') return startedAt;
  const departure = readMoment(record, departureColumn, departureTimeColumn, dialect);
  if (typeof departure !== 'number') return departure;
  const endedAt = sharesDate(dialect) ? afterMidnight(startedAt, departure) : departure;
  if (endedAt <= startedAt) return { reason: 'it ends before it starts' };
  const text = record[cells.column] ?? '';
  if (text === '') return { reason: `${cells.column} is empty` };
  const energy = readMilliWattHours(text, cells);
  if (energy === undefined) {
    return { reason: `${cells.column} "${text}" is not a number of ${cells.unit}` };
  }
  return { startedAt, endedAt, energy };
};

const readMoment = (
  record: CsvRecord['record'],
  dateColumn: string,
  timeColumn: string | undefined,
  dialect: SessionDialect,
): number | Refusal => {
  for (const column of [dateColumn, timeColumn]) {
    if (column !== undefined && !record[column]) return { reason: `${column} is empty` };
  }
  const names = [dateColumn, timeColumn].filter((name) => name !== undefined);
  const text = names.map((name) => record[name]).join(' ');
  const time = readTime(text, dialect.timeZone, dialect.dateOrder);
  if (time.kind === 'time') return time.at;
  const reason =
    time.kind === 'ambiguous'
      ? 'may be day or month first: add --date-order DMY or MDY'
      : `is not a time like ${timeForms}`;
  return { reason: `${names.join(' and ')} "${text}" ${reason}` };
};

/** One column of dates for both ends, so that a session over midnight seems to end before it starts. */
const sharesDate = ({ arrivalColumn, departureColumn, departureTimeColumn }: SessionDialect) =>
  departureTimeColumn !== undefined && arrivalColumn === departureColumn;

const day = 86_400_000;

const afterMidnight = (startedAt: number, departure: number): number =>
  departure < startedAt ? departure + day : departure;

// Decimals beyond mWh are rounding dust of the spreadsheet that wrote the file: rounded half up, never through a float.
const readMilliWattHours = (
  text: string,
  { unit, decimalComma }: EnergyCells,
): bigint | undefined => {
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(text);
  if (match === null || (text.includes(',') && !decimalComma)) return undefined;
  const [, whole = '0', fraction = ''] = match;
  const places = unit === 'kWh' ? 6 : 3;
  const digits = fraction.padEnd(places + 1, '0');
  const up = Number(digits[places]) >= 5 ? 1n : 0n;
  return BigInt(whole + digits.slice(0, places)) + up;
};
