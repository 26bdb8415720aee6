import * as z from 'zod';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { answeredValues } from '../../../core/ocpp/v2x/answered-values.ts';
import { deviceModel, deviceModelActions } from '../../../core/ocpp/v2x/device-model.ts';
import { done, refused } from '../../http/answer.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { listCommands } from '../../store/commands/commands.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { readOwnCharger } from './read-own-charger.ts';
import { ReportSchema, reportView } from './report-routes.ts';

const ConfigurationSchema = z
  .strictObject({
    chargerId: z.string(),
    settings: z.array(
      z.strictObject({
        key: z.string(),
        value: z.string().nullable(),
        readOnly: z.boolean().nullable(),
        reportedAt: timeText,
      }),
    ),
    unknownKeys: z
      .array(z.string())
      .meta({ description: 'The keys that were asked for and that the charger does not have.' }),
  })
  .meta({ id: 'Configuration' });

const inOcpp = z.record(z.string(), z.unknown());

const DeviceModelSchema = z
  .strictObject({
    chargerId: z.string(),
    variables: z.array(
      z.strictObject({
        component: inOcpp,
        variable: inOcpp,
        attributes: z.array(inOcpp),
        characteristics: inOcpp.nullable(),
        reportedAt: timeText,
      }),
    ),
    incompleteReports: z
      .array(ReportSchema)
      .meta({ description: 'The reports of which parts are missing.' }),
  })
  .meta({ id: 'DeviceModel' });

/** Pages of a hundred commands that are looked through. */
const mostPages = 3;

/** The latest commands to a charger, the latest first; not those to a deleted one of its id. */
async function latestCommands(
  { database }: Caller,
  { chargerKey, renewedAt = '' }: Charger,
): Promise<readonly Command[]> {
  const commands: Command[] = [];
  let after: string | undefined;
  for (let n = 0; n < mostPages; n += 1) {
    const page = await listCommands(database, chargerKey, { limit: 100, after });
    commands.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return commands.filter(({ createdAt }) => createdAt >= renewedAt);
}

/** The calls about the settings and components of a charger, as far as it has shown them. */
export const configurationRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/configuration',
    summary:
      'Returns the settings of a charger as far as its answers to get-configuration and set-configuration have shown them.',
    scope: 'chargers:read',
    response: ConfigurationSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { settings, unknownKeys } = knownConfiguration(await latestCommands(caller, charger));
      return done({
        chargerId: charger.chargerId,
        settings: settings.map(({ key, value, isReadOnly, reportedAt }) => ({
          key,
          value: value ?? null,
          readOnly: isReadOnly ?? null,
          reportedAt,
        })),
        unknownKeys,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/device-model',
    summary:
      'Returns the components and variables of a charger of OCPP 2, from its reports, with the values that events and answers showed later.',
    scope: 'chargers:read',
    response: DeviceModelSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const filter = { actions: [...deviceModelActions], from: charger.renewedAt };
      const [messages, commands] = await Promise.all([
        readChargerMessages(caller.database, charger.chargerKey, filter),
        latestCommands(caller, charger),
      ]);
      const { variables, incomplete } = deviceModel(messages, commands.flatMap(answeredValues));
      return done({
        chargerId: charger.chargerId,
        variables: variables.map(({ characteristics = null, ...variable }) => ({
          ...variable,
          characteristics,
        })),
        incompleteReports: incomplete.map(reportView),
      });
    },
  }),
];
