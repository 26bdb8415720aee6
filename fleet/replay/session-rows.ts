import { Temporal } from 'temporal-polyfill';
import { CommandError } from '../../clients/command-error.ts';
import { type EnergyUnit, energyColumnOf, unitOf } from './energy-column.ts';
import { type CsvRecord, columnsOf, readCsv } from './read-csv.ts';
import { type DateOrder, readTime, timeForms } from './read-time.ts';

/** How a CSV names what a replay needs, and how its cells are read. */
export type SessionDialect = {
  /** Date and time, or the date alone where the time has a column of its own. */
  readonly arrivalColumn: string;
  readonly arrivalTimeColumn?: string | undefined;
  readonly departureColumn: string;
  readonly departureTimeColumn?: string | undefined;
  /** Decimals allowed. Without a name it is the column that begins with "energy" or its unit and names Wh or kWh. */
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

/** How the energy of a file is read: its decimals have a point, a comma, or either. */
type EnergyCells = {
  readonly column: string;
  readonly unit: EnergyUnit;
  readonly decimals: 'point' | 'comma' | 'either';
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
  if (records.length === 0) throw new CommandError('CLI_CSV_COLUMNS', 'The CSV has no rows.');
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
      `The CSV has no column "${missing.join('", "')}"; it has ${columns.map((one) => `"${one}"`).join(', ')}. Name its own by --arrival-column, --departure-column and --energy-column.`,
    );
  }
  const unit = dialect.energyUnit ?? unitOf(column);
  const hasComma = records.some(({ record }) => record[column]?.includes(','));
  const decimals = delimiter === ',' ? 'point' : hasComma ? 'comma' : 'either';
  const cells = { column, unit, decimals } as const;
  const rows: SessionRow[] = [];
  const broken: BrokenRow[] = [];
  for (const { record, info } of records) {
    const row = readRow(record, dialect, cells);
    if ('reason' in row) broken.push({ line: info.lines, ...row });
    else rows.push({ line: info.lines, ...row });
  }
  return { rows, broken };
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
  const isNextDay = sharesDate(dialect) && departure < startedAt;
  const endedAt = isNextDay ? sameTimeNextDay(departure, dialect.timeZone) : departure;
  if (endedAt <= startedAt) return { reason: 'it ends before it starts' };
  const text = record[cells.column] ?? '';
  if (text === '') return { reason: `${cells.column} is empty` };
  if (cells.decimals === 'comma' && text.includes('.')) {
    return { reason: `${cells.column} "${text}" has a point, but other rows have a decimal comma` };
  }
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

// Not 24 hours later: a night in which clocks are changed has 23 or 25.
const sameTimeNextDay = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).add({ days: 1 })
    .epochMilliseconds;

// Decimals beyond mWh are rounding dust of the spreadsheet that wrote the file: rounded half up, never through a float.
const readMilliWattHours = (text: string, { unit, decimals }: EnergyCells): bigint | undefined => {
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(text);
  if (match === null || (text.includes(',') && decimals === 'point')) return undefined;
  const [, whole = '0', fraction = ''] = match;
  const places = unit === 'kWh' ? 6 : 3;
  const digits = fraction.padEnd(places + 1, '0');
  const up = Number(digits[places]) >= 5 ? 1n : 0n;
  return BigInt(whole + digits.slice(0, places)) + up;
};
