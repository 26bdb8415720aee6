import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Command, textOption } from '../command.ts';
import { csvLine } from '../export/csv-line.ts';
import { quarterOf } from '../nevi/quarter.ts';
import { readSessions, readUptimes } from '../nevi/report-quarter.ts';

const formats = ['csv', 'json'] as const;

type Row = Readonly<Record<string, string | number | null>>;

/** Rows as a file: with a header line also where there is none. */
function written(
  format: (typeof formats)[number],
  columns: readonly string[],
  rows: readonly Row[],
) {
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const lines = rows.map((row) => columns.map((name) => row[name] ?? null));
  return [columns, ...lines].map(csvLine).join('');
}

const sessionColumns = [
  'chargerId',
  'port',
  'sessionId',
  'startedAt',
  'endedAt',
  'error',
  'energyKwh',
  'peakKw',
  'paymentMethod',
] as const;

const uptimeColumns = [
  'chargerId',
  'port',
  'month',
  'uptimePercent',
  'outageMinutes',
  'excludedMinutes',
] as const;

/** `joulegate nevi`: the quarterly data of 23 CFR 680.112(a) as two files, its sessions and the uptime of its ports. */
export const nevi: Command = {
  name: 'nevi',
  summary:
    'writes the quarterly data of NEVI into a folder: the sessions of a quarter, and the uptime of each port',
  usage: 'YYYY-QN FOLDER [--location ID] [--format csv|json]',
  options: { ...stackOptions, location: { type: 'string' }, format: { type: 'string' } },
  run: async (args) => {
    const [text = '', folder] = args.positionals;
    const quarter = quarterOf(text);
    if (quarter === undefined || folder === undefined) {
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        'Name a quarter, such as 2026-Q1, and a folder.',
      );
    }
    const format = formats.find((one) => one === (textOption(args, 'format') ?? 'csv'));
    if (format === undefined) {
      throw new CommandError(
        'CLI_OPTION_INVALID',
        `--format must be one of ${formats.join(', ')}.`,
      );
    }
    const locationId = textOption(args, 'location');
    const access = await findStack(args);
    const client = operatorApi(access);
    const sessions = await Array.fromAsync(readSessions(access, client, quarter, locationId));
    const uptimes = await Array.fromAsync(readUptimes(client, quarter, locationId));
    const ports = new Set(uptimes.map(({ chargerId, port }) => `${chargerId} ${port}`)).size;
    await mkdir(folder, { recursive: true });
    const files = {
      sessions: join(folder, `sessions.${format}`),
      uptime: join(folder, `uptime.${format}`),
    };
    await writeFile(files.sessions, written(format, sessionColumns, sessions));
    await writeFile(files.uptime, written(format, uptimeColumns, uptimes));
    return {
      exitCode: 0,
      json: { quarter: text, sessions: sessions.length, ports, files },
      text: `${sessions.length} sessions in ${files.sessions}, the uptime of ${ports} ports in ${files.uptime}`,
    };
  },
};
