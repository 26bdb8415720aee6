import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { CommandError } from '../../clients/command-error.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { assignSessions } from '../../fleet/replay/assign-sessions.ts';
import { awaitCdrs } from '../../fleet/replay/await-cdrs.ts';
import { chargersNeeded } from '../../fleet/replay/chargers-needed.ts';
import { isFullyBilled } from '../../fleet/replay/is-fully-billed.ts';
import { startProgress } from '../../fleet/replay/progress.ts';
import { prepareFleet, replayChargerId } from '../../fleet/replay/replay-fleet.ts';
import {
  type BrokenRow,
  readSessionRows,
  type SessionRow,
} from '../../fleet/replay/session-rows.ts';
import { type Command, type CommandArguments, countOption, textOption } from '../command.ts';

/**
 * `joulegate replay`: recorded sessions become OCPP traffic of N simulated chargers, with their historic timestamps and
 * their energy. Started again, it ends the same: everything it sends is recognised by its content. Status 0 when every
 * sound row is billed to the last mWh; broken rows are named, counted, and leave the status alone.
 */
export const replay: Command = {
  name: 'replay',
  summary: 'replays recorded sessions as OCPP traffic',
  usage: 'SESSIONS.csv --chargers N [--protocol 1.6] [--time-zone Europe/Zurich] [--readings 8]',
  options: {
    ...stackOptions,
    chargers: { type: 'string' },
    prefix: { type: 'string' },
    protocol: { type: 'string' },
    readings: { type: 'string' },
    'time-zone': { type: 'string', default: 'UTC' },
    'arrival-column': { type: 'string', default: 'Arrival' },
    'arrival-time-column': { type: 'string' },
    'departure-column': { type: 'string', default: 'Departure' },
    'departure-time-column': { type: 'string' },
    'energy-column': { type: 'string' },
    'energy-unit': { type: 'string' },
    'date-order': { type: 'string' },
    delimiter: { type: 'string' },
  },
  run: async (args) => {
    const began = performance.now();
    const { rows, broken } = await readRows(args);
    const access = await findStack(args);
    const chargers = countOption(args, 'chargers', 20);
    const protocol = protocolOf(args);
    const prefix = textOption(args, 'prefix') ?? defaultPrefixes[protocol];
    const fleet = await prepareFleet(access, prefix, chargers);
    const readings = countOption(args, 'readings', 8, 0);
    const assigned = assignSessions(rows, chargers, { idTag: fleet.idTag, readings });
    const skipped = [...broken, ...assigned.broken];
    tellSkipped(skipped);
    const needed = chargersNeeded(rows);
    if (assigned.broken.length > 0) {
      process.stderr.write(`--chargers ${needed} would provide a free connector for every row\n`);
    }

    const plans = assigned.work.flatMap((work) => work.plans);
    const { replayCharger } = await import('../../fleet/replay/replay-charger.ts');
    const progress = startProgress('sessions sent', plans.length);
    await Promise.all(
      assigned.work.map((work) => {
        const chargerId = replayChargerId(prefix, chargers, work.charger);
        const password = fleet.passwords[chargerId] ?? '';
        return replayCharger(
          { url: access.chargers, chargerId, password, protocol },
          work.plans,
          progress.step,
        );
      }),
    );
    progress.stop();

    const replayed = assigned.work.flatMap(({ charger, plans: ofOne }) => {
      const chargerId = replayChargerId(prefix, chargers, charger);
      return ofOne.map(({ connectorId: evseId, startedAt }) => ({ chargerId, evseId, startedAt }));
    });
    const sealing = startProgress('CDRs', plans.length);
    const outcome = await awaitCdrs(access, replayed, sealing.set);
    sealing.stop();

    const energyIn = plans.reduce((sum, plan) => sum + plan.energy, 0n);
    const json = {
      sessions: outcome.sessions,
      cdrs: outcome.cdrs,
      kwhIn: kilowattHours(energyIn),
      kwhBilled: kilowattHours(outcome.energyBilled),
      held: outcome.held,
      skipped: skipped.length,
      chargersNeeded: needed,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
    const input = {
      sessions: plans.length,
      energy: energyIn,
      unsent: assigned.broken.length,
    };
    return {
      exitCode: isFullyBilled(input, outcome) ? 0 : 1,
      json,
      text: `${json.sessions} sessions, ${json.cdrs} CDRs (${json.held} held), ${json.kwhIn} kWh in, ${json.kwhBilled} kWh billed, ${json.skipped} rows skipped, ${json.seconds} s`,
    };
  },
};

/** A fleet of its own for each version: a session is another one where its charger names the transaction itself. */
const defaultPrefixes = {
  'ocpp1.6': 'replay',
  'ocpp2.0.1': 'replay-2.0.1',
  'ocpp2.1': 'replay-2.1',
} as const satisfies Readonly<Record<Protocol, string>>;

const protocolOf = (args: CommandArguments): Protocol => {
  const text = textOption(args, 'protocol') ?? '1.6';
  const found = protocols.find((one) => one === text || one === `ocpp${text}`);
  if (found !== undefined) return found;
  const choices = protocols.map((one) => one.replace('ocpp', ''));
  throw new CommandError('CLI_OPTION_INVALID', `--protocol must be ${choices.join(' or ')}.`);
};

const readRows = async (
  args: CommandArguments,
): Promise<{ rows: readonly SessionRow[]; broken: readonly BrokenRow[] }> => {
  const file = args.positionals[0];
  if (file === undefined)
    throw new CommandError(
      'CLI_ARGUMENT_MISSING',
      'Name a CSV file of sessions, or - for standard input.',
    );
  const text =
    file === '-'
      ? await readStream(process.stdin)
      : await readFile(file, 'utf8').catch(() => {
          throw new CommandError('CLI_FILE_UNREADABLE', `${file} cannot be read.`);
        });
  return readSessionRows(text, {
    arrivalColumn: textOption(args, 'arrival-column') ?? 'Arrival',
    arrivalTimeColumn: textOption(args, 'arrival-time-column'),
    departureColumn: textOption(args, 'departure-column') ?? 'Departure',
    departureTimeColumn: textOption(args, 'departure-time-column'),
    energyColumn: textOption(args, 'energy-column'),
    energyUnit: oneOf(args, 'energy-unit', ['Wh', 'kWh']),
    dateOrder: oneOf(args, 'date-order', ['DMY', 'MDY']),
    delimiter: delimiter(args),
    timeZone: timeZone(args),
  });
};

const oneOf = <Choice extends string>(
  args: CommandArguments,
  name: string,
  choices: readonly Choice[],
): Choice | undefined => {
  const text = textOption(args, name);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one.toLowerCase() === text.toLowerCase());
  if (choice !== undefined) return choice;
  throw new CommandError('CLI_OPTION_INVALID', `--${name} must be ${choices.join(' or ')}.`);
};

const delimiter = (args: CommandArguments): string | undefined => {
  const text = textOption(args, 'delimiter');
  if (text === undefined || [',', ';', '\t'].includes(text)) return text;
  if (text === 'tab') return '\t';
  throw new CommandError('CLI_OPTION_INVALID', '--delimiter must be "," or ";" or tab.');
};

const timeZone = (args: CommandArguments): string => {
  const zone = textOption(args, 'time-zone') ?? 'UTC';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new CommandError(
      'CLI_OPTION_INVALID',
      `--time-zone: "${zone}" is not an IANA time zone such as Europe/Zurich.`,
    );
  }
};

const tellSkipped = (skipped: readonly BrokenRow[]): void => {
  for (const row of skipped) process.stderr.write(`line ${row.line} skipped: ${row.reason}\n`);
};

const kilowattHours = (energy: bigint): number => Number(energy) / 1_000_000;
