import { renderUnicodeCompact } from 'uqr';
import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { AnswerOf } from '../../clients/typescript/create-client.ts';
import { type Command, textOption } from '../command.ts';

/** The lines to type into the menu of a charger, and its URL as a QR code for its app. */
const menuOf = ({ chargerId, password, urls }: AnswerOf<'POST /chargers'>): string =>
  [
    'With a password (OCPP security profile 2; 1 where the URL begins with ws://):',
    `  URL        ${urls.basic}`,
    `             ${urls.basic.slice(0, urls.basic.lastIndexOf('/'))}   (where the charger appends its id itself)`,
    `  Charger id ${chargerId}`,
    `  Password   ${password}`,
    '',
    'Where there is no field for a password:',
    `  URL        ${urls.token}`,
    '',
    renderUnicodeCompact(urls.token),
    '',
    'Password and URLs are shown this once.',
  ].join('\n');

/** A sentence for each fact without which bills of the charger are checked less, or priced by the wrong hours. */
const warningsOf = async (
  client: ReturnType<typeof operatorApi>,
  chargerId: string,
  givenTimeZone: string | undefined,
): Promise<readonly string[]> => {
  // The secrets are shown this once: a key that may not read chargers must not keep them from being seen.
  const shown = await client
    .call('GET /chargers/{chargerId}', { path: { chargerId } })
    .catch(() => undefined);
  return [
    ...(shown?.maxPowerKw === null
      ? [
          'Warning: no --max-power-kw: readings of up to 500 kW count as plausible, and a session without readings is held above 22 kW.',
        ]
      : []),
    ...(shown?.timeZone === 'UTC' && givenTimeZone === undefined
      ? [
          'Warning: no --time-zone: hours of tariffs and timestamps without a zone are read in UTC; PUT /settings has a timeZone for all chargers.',
        ]
      : []),
  ];
};

/** `joulegate chargers add`: registers a charger and shows what to type into its menu. */
export const chargersAdd: Command = {
  name: 'chargers add',
  summary: 'registers a charger and shows the lines for its menu, and a QR code',
  usage:
    'CHARGER [--name N] [--tariff ID] [--location ID] [--connectors 2] [--max-power-kw 22] [--time-zone ZONE]',
  options: {
    ...stackOptions,
    name: { type: 'string' },
    tariff: { type: 'string' },
    location: { type: 'string' },
    connectors: { type: 'string' },
    'max-power-kw': { type: 'string' },
    'time-zone': { type: 'string' },
  },
  run: async (args) => {
    const [chargerId] = args.positionals;
    if (chargerId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger.');
    const given = {
      name: textOption(args, 'name'),
      tariffId: textOption(args, 'tariff'),
      locationId: textOption(args, 'location'),
      connectors: textOption(args, 'connectors'),
      maxPowerKw: textOption(args, 'max-power-kw'),
      timeZone: textOption(args, 'time-zone'),
    };
    const stated = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    const client = operatorApi(await findStack(args));
    const made = await client.call('POST /chargers', { body: { chargerId, ...stated } });
    const warnings = await warningsOf(client, chargerId, given.timeZone);
    return { exitCode: 0, json: made, text: [menuOf(made), ...warnings].join('\n') };
  },
};
