import * as z from 'zod';
import { certificateUses } from '../../../core/command/certificate.ts';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { shownValue } from '../../../core/command/secret-settings.ts';
import { configurationDrift } from '../../../core/configuration/configuration-drift.ts';
import { desiredSettings } from '../../../core/configuration/desired-configuration.ts';
import { localListDrift } from '../../../core/configuration/local-list.ts';
import { wantedCertificates } from '../../../core/configuration/wanted-certificates.ts';
import { answeredValues } from '../../../core/ocpp/v2x/answered-values.ts';
import { deviceModel, deviceModelActions } from '../../../core/ocpp/v2x/device-model.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { done, refused } from '../../http/answer.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { readConfiguration } from '../../store/chargers/desired-configuration.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { certificateStates } from './certificate-states.ts';
import { EvseFactsSchema } from './evse-form.ts';
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
    desired: z
      .array(
        z.strictObject({
          key: z.string(),
          value: z.string(),
          by: z.enum(['default', 'operator', 'charger']),
          state: z.enum([
            'as-desired',
            'differs',
            'after-restart',
            'read-only',
            'unknown-to-charger',
            'not-reported',
            'left-alone',
          ]),
          reported: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      )
      .meta({
        description: 'The settings that the charger should have, and what it said of them.',
      }),
    localList: z
      .strictObject({
        state: z.enum(['as-desired', 'differs', 'not-reported']),
        version: z.int(),
        reported: z.int().nullable(),
      })
      .nullable()
      .meta({
        description:
          'The version of the local list it should have; null where it should have none.',
      }),
    certificates: z
      .array(
        z.strictObject({
          use: z.enum(certificateUses),
          state: z.enum(['as-desired', 'installed', 'differs', 'not-reported']),
          serialNumber: z.string(),
        }),
      )
      .meta({
        description:
          'The root certificates that it should have. installed: it took it, and has not listed them since.',
      }),
    password: z.enum(['as-desired', 'not-used-yet']).meta({
      description: 'not-used-yet: it was given a new one and has not connected with it.',
    }),
    comparedAt: timeText.nullable().meta({
      description: 'When it was last given what differed; null while it has not answered.',
    }),
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

const ProposedEvsesSchema = z
  .strictObject({
    evses: z.array(EvseFactsSchema).meta({
      description: 'What the charger does not say of a connector is left out.',
    }),
  })
  .meta({ id: 'ProposedEvses' });

/** Reads the components of a charger as far as it has shown them. */
async function readDeviceModel(caller: Caller, charger: Charger) {
  const filter = { actions: [...deviceModelActions], from: charger.renewedAt };
  const [messages, commands] = await Promise.all([
    readChargerMessages(caller.database, charger.chargerKey, filter),
    latestCommands(caller.database, charger),
  ]);
  return deviceModel(messages, commands.flatMap(answeredValues));
}

/** The calls about the settings and components of a charger, as far as it has shown them. */
export const configurationRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/configuration',
    summary:
      'Returns the settings of a charger as far as its answers have shown them, beside those that it should have.',
    scope: 'chargers:read',
    response: ConfigurationSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { database, operatorId } = caller;
      const [commands, wanted, connection] = await Promise.all([
        latestCommands(caller.database, charger),
        readConfiguration(database, operatorId, charger.chargerKey),
        readConnection(database, charger.chargerKey),
      ]);
      const known = knownConfiguration(commands);
      const { settings, unknownKeys } = known;
      const { operator, charger: own } = wanted;
      const desired =
        connection === undefined
          ? []
          : desiredSettings(connection.protocol, operator?.wanted, own?.wanted);
      return done({
        chargerId: charger.chargerId,
        settings: settings.map(({ key, value, isReadOnly, reportedAt }) => ({
          key,
          value: value ?? null,
          readOnly: isReadOnly ?? null,
          reportedAt,
        })),
        unknownKeys: [...unknownKeys],
        desired: configurationDrift(desired, known).map(({ reported, reason, ...setting }) => ({
          ...setting,
          value: shownValue(setting.key, setting.value),
          reported: reported ?? null,
          reason: reason ?? null,
        })),
        localList:
          wanted.list === undefined
            ? null
            : localListDrift(wanted.list, wanted.configured?.list, commands),
        certificates: await certificateStates(
          wantedCertificates(operator?.wanted, own?.wanted),
          commands,
        ),
        password: charger.newPasswordHash === undefined ? 'as-desired' : 'not-used-yet',
        comparedAt: wanted.configured?.comparedAt ?? null,
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
      const { variables, incomplete } = await readDeviceModel(caller, charger);
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
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/proposed-evses',
    summary:
      'Returns the EVSEs and connectors of a charger of OCPP 2 as its device model describes them, in the form in which a charger takes them.',
    scope: 'chargers:read',
    response: ProposedEvsesSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { variables } = await readDeviceModel(caller, charger);
      const { proposedEvses } = await import('../../../core/location/proposed-evses.ts');
      return done({
        evses: proposedEvses(variables).map(({ evseId, connectors }) => ({
          evseId,
          connectors: [...connectors],
        })),
      });
    },
  }),
];
