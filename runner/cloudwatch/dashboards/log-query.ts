import { isJsonObject, type JsonObject } from '../../template/json-object.ts';
import { timeOfLine } from './log-lines.ts';
import { statisticOf } from './metric-store.ts';

/** The result of a query: columns by name, and rows of their values. */
export type QueryResult = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

type Line = JsonObject;
type Aggregate = {
  readonly field: string;
  readonly of: 'sum' | 'count' | `p${string}`;
  readonly alias: string;
};
type Grouping = { readonly name: string; readonly of: (line: Line) => string | number };

const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: hour, d: 24 * hour };

/**
 * The log groups of a query and what follows them, as a widget of CloudWatch has both in one text:
 * `SOURCE 'a' | SOURCE 'b' | filter …`.
 */
export function sourcesOf(query: string): {
  readonly groups: readonly string[];
  readonly query: string;
} {
  const groups = [...query.matchAll(/SOURCE '([^']+)'\s*\|\s*/g)];
  return {
    groups: groups.map(([, group = '']) => group),
    query: query.replaceAll(/SOURCE '[^']+'\s*\|\s*/g, ''),
  };
}

/**
 * Computes a query of Logs Insights of the few forms that our dashboards have; undefined for any other. It is a `filter` by
 * `ispresent(…)` or by one equal text, perhaps `fields` of `coalesce`, `stats` of `sum`, `count` and `pct` by fields or by `bin(…)`, `sort`
 * and `limit`.
 */
export function runLogQuery(query: string, lines: readonly Line[]): QueryResult | undefined {
  const [filter = '', ...commands] = query.split('|').map((part) => part.trim());
  const named = commands[0]?.startsWith('fields ') ? commands.shift() : undefined;
  const [stats = '', ...others] = commands;
  const matches = readFilter(filter);
  const fields = wholeOf(named?.split(/, (?=coalesce\()/).map(readField) ?? []);
  const [, aggregated, by] = /^stats (.+) by (.+)$/s.exec(stats) ?? [];
  const aggregates = wholeOf((aggregated ?? '').split(', ').map(readAggregate));
  const groupings = wholeOf((by ?? '').split(',').map((text) => readGrouping(text.trim())));
  if (matches === undefined || aggregates === undefined || groupings === undefined)
    return undefined;
  if (fields === undefined) return undefined;
  const known = lines.filter(matches).map((line) => ({
    ...line,
    ...Object.fromEntries(fields.map(({ name, of }) => [name, of(line)])),
  }));
  const groups = Map.groupBy(known, (line) => JSON.stringify(groupings.map((one) => one.of(line))));
  const rows = [...groups].map(([key, some]) => [
    ...(JSON.parse(key) as (string | number)[]),
    ...aggregates.map((one) => amountOf(one, some)),
  ]);
  const columns = [...groupings.map(({ name }) => name), ...aggregates.map(({ alias }) => alias)];
  return order({ columns, rows }, others);
}

/** All parts, if each of them was understood. */
function wholeOf<T>(parts: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known : undefined;
}

function readFilter(text: string): ((line: Line) => boolean) | undefined {
  const [, level, value] = /^filter (\w+) = "([^"]*)"$/.exec(text) ?? [];
  if (level !== undefined) return (line) => line[level] === value;
  if (!/^filter ispresent\(\w+\)( or ispresent\(\w+\))*$/.test(text)) return undefined;
  const fields = [...text.matchAll(/ispresent\((\w+)\)/g)].map(([, field = '']) => field);
  return (line) => fields.some((field) => line[field] !== undefined);
}

/** A field that is the first of some others that a line has. */
function readField(text: string): Grouping | undefined {
  const [, others, name] =
    /^(?:fields )?coalesce\(([\w@.]+(?:, [\w@.]+)*)\) as (\w+)$/.exec(text) ?? [];
  if (others === undefined || name === undefined) return undefined;
  const paths = others.split(', ').map((path) => path.split('.'));
  return { name, of: (line) => paths.map((path) => textAt(line, path)).find(Boolean) ?? '' };
}

/** The text at a path of a line; undefined where there is none, or an object, which is no field of Logs Insights. */
function textAt(line: Line, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((of, word) => (isJsonObject(of) ? of[word] : undefined), line);
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

function readAggregate(text: string): Aggregate | undefined {
  const [, percent, share, named] = /^pct\((\w+),(\d+)\) as (\w+)$/.exec(text) ?? [];
  if (percent !== undefined && named !== undefined) {
    return { of: `p${share}`, field: percent, alias: named };
  }
  const [, of, field, alias] = /^(sum|count)\((\w+|\*)\) as (\w+)$/.exec(text) ?? [];
  if (of === undefined || field === undefined || alias === undefined) return undefined;
  return { of: of === 'sum' ? 'sum' : 'count', field, alias };
}

function readGrouping(text: string): Grouping | undefined {
  const [, amount, unit = ''] = /^bin\((\d+)([smhd])\)$/.exec(text) ?? [];
  if (amount !== undefined) {
    const span = Number(amount) * (units[unit] ?? hour);
    return { name: text, of: (line) => Math.floor((timeOfLine(line) ?? 0) / span) * span };
  }
  return /^\w+$/.test(text)
    ? { name: text, of: (line) => (line[text] === undefined ? '' : String(line[text])) }
    : undefined;
}

function amountOf({ of, field }: Aggregate, lines: readonly Line[]): number {
  if (of === 'count') return lines.length;
  const values = lines.flatMap((line) => (line[field] === undefined ? [] : [Number(line[field])]));
  if (of === 'sum') return values.reduce((sum, one) => sum + (one || 0), 0);
  const points = values.map((value) => ({ at: 0, value }));
  return statisticOf(points, of, 1)[0]?.value ?? 0;
}

/** Applies the commands after the sums: the order and the number of rows. */
function order(
  { columns, rows }: QueryResult,
  commands: readonly string[],
): QueryResult | undefined {
  let ordered = rows.toSorted((a, b) => compare(a[0], b[0]));
  for (const command of commands) {
    const [, field, direction] = /^sort (\w+) (asc|desc)$/.exec(command) ?? [];
    const [, limit] = /^limit (\d+)$/.exec(command) ?? [];
    const column = columns.indexOf(field ?? '');
    if (limit !== undefined) ordered = ordered.slice(0, Number(limit));
    else if (column < 0) return undefined;
    else {
      const sign = direction === 'asc' ? 1 : -1;
      ordered = ordered.toSorted((a, b) => sign * compare(a[column], b[column]));
    }
  }
  return { columns, rows: ordered };
}

const compare = (a: string | number = '', b: string | number = ''): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
