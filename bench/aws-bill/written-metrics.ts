import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedMetrics, readLogLines } from '../../runner/cloudwatch/dashboards/log-lines.ts';

/** The metrics, each value of a dimension being one of its own, that functions wrote into the logs of a stack's data directory. */
export function writtenMetrics(dataDirectory: string): ReadonlySet<string> {
  const folder = join(dataDirectory, 'logs');
  const values = readdirSync(folder)
    .flatMap((file) => readLogLines(join(folder, file)))
    .flatMap(embeddedMetrics);
  return new Set(
    values.map(({ namespace, name, dimensions }) => JSON.stringify([namespace, name, dimensions])),
  );
}
