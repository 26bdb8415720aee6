import * as z from 'zod';
import { certificateUses } from '../../../core/command/certificate.ts';
import { knownCertificates } from '../../../core/command/known-certificates.ts';
import { logStatusActions, logUploads } from '../../../core/command/log-uploads.ts';
import { done, refused } from '../../http/answer.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { latestCommands } from './latest-commands.ts';
import { readOwnCharger } from './read-own-charger.ts';

const use = z.enum(certificateUses);

const CertificatesSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        use,
        algorithm: z.enum(['SHA256', 'SHA384', 'SHA512']),
        issuerNameHash: z.string(),
        issuerKeyHash: z.string(),
        serialNumber: z.string(),
        reportedAt: timeText,
      }),
    ),
    installedSince: z.array(use).meta({
      description:
        'The uses for which a certificate was installed since the charger listed them; list-certificates shows it.',
    }),
  })
  .meta({ id: 'Certificates' });

const LogsSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        kind: z.enum(['diagnostics', 'security']),
        url: z.string(),
        askedAt: timeText,
        fileName: z.string().nullable(),
        status: z
          .string()
          .nullable()
          .meta({ description: "The charger's latest word, as in Uploading or Uploaded." }),
        statusAt: timeText.nullable(),
      }),
    ),
  })
  .meta({ id: 'Logs' });

/** The calls about what commands have shown of the upkeep of a charger: its certificates and its logs. */
export const upkeepRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/certificates',
    summary:
      'Returns the root certificates of a charger as far as its answers to list-certificates have shown them, without those deleted later.',
    scope: 'chargers:read',
    response: CertificatesSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const known = knownCertificates(await latestCommands(caller, charger));
      return done({ items: [...known.certificates], installedSince: [...known.installedSince] });
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/logs',
    summary:
      'Returns the logs that a charger was asked to upload, the latest first, with what it said of each in the last 30 days.',
    scope: 'chargers:read',
    response: LogsSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const filter = { actions: logStatusActions, from: charger.renewedAt };
      const [commands, messages] = await Promise.all([
        latestCommands(caller, charger),
        readChargerMessages(caller.database, charger.chargerKey, filter),
      ]);
      return done({
        items: logUploads(commands, messages).map((one) => ({
          ...one,
          fileName: one.fileName ?? null,
          status: one.status ?? null,
          statusAt: one.statusAt ?? null,
        })),
      });
    },
  }),
];
