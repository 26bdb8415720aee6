import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '../../template/json-object.ts';
import type { MetricValue } from './metric-store.ts';

/** Bytes of a log that are looked at, from its end: some thousand lines. */
const mostBytes = 1_000_000;

/** The latest lines of a log that are JSON objects; none of a log that is not there yet. */
export function readLogLines(path: string): readonly JsonObject[] {
  const lines = tailOf(path).split('\n');
  return lines.flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isJsonObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function tailOf(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, mostBytes));
    readSync(file, buffer, 0, buffer.length, Math.max(0, size - mostBytes));
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** When a line was written, epoch ms; undefined where it does not say. */
export function timeOfLine(line: JsonObject): number | undefined {
  const embedded = line['_aws'];
  const stamp = isJsonObject(embedded) ? embedded['Timestamp'] : line['timestamp'];
  const time = typeof stamp === 'number' ? stamp : Date.parse(String(stamp));
  return Number.isNaN(time) ? undefined : time;
}

type Embedded = {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
};

/** The values of metrics that a line contains in the embedded metric format. */
export function embeddedMetrics(line: JsonObject): readonly MetricValue[] {
  const embedded = line['_aws'];
  const at = timeOfLine(line);
  if (!isJsonObject(embedded) || at === undefined) return [];
  const directives = (embedded['CloudWatchMetrics'] ?? []) as readonly Embedded[];
  return directives.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(line[name])]));
      return Metrics.flatMap(({ Name }) =>
        [line[Name]].flat().map((value) => ({
          namespace: Namespace,
          name: Name,
          dimensions,
          at,
          value: Number(value),
        })),
      );
    }),
  );
}
