import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { uptimeDefinitions } from '../../core/uptime/uptime-definition.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';

function definitionOf(args: CommandArguments) {
  const text = textOption(args, 'definition') ?? 'contract';
  const definition = uptimeDefinitions.find((one) => one === text);
  if (definition !== undefined) return definition;
  throw new CommandError(
    'CLI_OPTION_INVALID',
    `--definition must be one of ${uptimeDefinitions.join(', ')}.`,
  );
}

const verdictOf = (isReached: boolean | null): string => {
  if (isReached === null) return '';
  return isReached ? 'reached' : 'missed';
};

/** `joulegate uptime`: how much of the time each connector could be used; the exit status is 1 where a threshold was missed. */
export const uptime: Command = {
  name: 'uptime',
  summary:
    'shows the uptime of every connector by a definition, and whether its threshold was reached',
  usage: `[--definition ${uptimeDefinitions.join('|')}] [--month YYYY-MM] [--location ID]`,
  options: {
    ...stackOptions,
    definition: { type: 'string' },
    month: { type: 'string' },
    location: { type: 'string' },
  },
  run: async (args) => {
    const definition = definitionOf(args);
    const [month, locationId] = [textOption(args, 'month'), textOption(args, 'location')];
    const query = {
      definition,
      ...(month === undefined ? {} : { month }),
      ...(locationId === undefined ? {} : { locationId }),
    };
    const client = operatorApi(await findStack(args));
    const chargers = await Array.fromAsync(client.list('GET /monitoring/uptime', { query }));
    const lines = chargers.flatMap(({ chargerId, thresholdPercent, connectors }) =>
      connectors.map((one) => {
        const percent = one.uptimePercent === null ? 'unknown' : `${one.uptimePercent} %`;
        const outage = `${(one.outageMinutes - one.excludedMinutes).toFixed(1)} min out`;
        const place = `${chargerId} ${one.evseId}-${one.connectorId}`;
        return `${place.padEnd(28)} ${percent.padStart(10)} of ${thresholdPercent} %  ${outage.padStart(16)}  ${verdictOf(one.isReached)}`.trimEnd();
      }),
    );
    const isMissed = chargers.some(({ connectors }) =>
      connectors.some(({ isReached }) => isReached === false),
    );
    return {
      exitCode: isMissed ? 1 : 0,
      json: chargers,
      text: lines.join('\n') || 'No connectors yet.',
    };
  },
};
