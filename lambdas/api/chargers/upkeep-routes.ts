import * as z from 'zod';
import { certificateStanding } from '../../../core/certificate/issued-certificate.ts';
import { certificateUses } from '../../../core/command/certificate.ts';
import { knownCertificates } from '../../../core/command/known-certificates.ts';
import { type LogUpload, logStatusActions, logUploads } from '../../../core/command/log-uploads.ts';
import { shownUrl } from '../../../core/command/shown-url.ts';
import { tokenIn } from '../../bucket/file-routes.ts';
import { fileUrl } from '../../bucket/file-url.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { done, refused } from '../../http/answer.ts';
import { readCertificates } from '../../store/chargers/certificates.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { commandId } from '../../store/commands/command-id.ts';
import { readCommand } from '../../store/commands/commands.ts';
import {
  type ArrivedFile,
  readTransfer,
  readTransfers,
  transferIdOf,
} from '../../store/files/transfers.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
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
    issued: z
      .array(
        z.strictObject({
          serialNumber: z.string(),
          fingerprint: z.string().meta({ description: 'SHA-256 of its DER, hexadecimal.' }),
          issuedAt: timeText,
          validFrom: timeText,
          validUntil: timeText,
          state: z.enum(['in-delivery', 'accepted', 'rejected', 'undelivered', 'expired']).meta({
            description:
              'undelivered: the charger did not answer; its next request delivers it again.',
          }),
          commandId: z
            .string()
            .nullable()
            .meta({ description: 'The command that delivered it last.' }),
        }),
      )
      .meta({
        description: 'The certificates that our authority has issued to it, the latest first.',
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
        logId: z
          .string()
          .nullable()
          .meta({ description: 'Names the file where it is to be kept here; null elsewhere.' }),
        file: z
          .strictObject({
            name: z.string().nullable(),
            bytes: z.int(),
            sha256: z.string(),
            arrivedAt: timeText,
          })
          .nullable()
          .meta({ description: 'The file that has come; null while none has.' }),
      }),
    ),
  })
  .meta({ id: 'Logs' });

const DownloadSchema = z
  .strictObject({ url: z.string(), expiresAt: timeText })
  .meta({ id: 'Download' });

/** Seconds that the URL of a log may be used. */
const urlSeconds = 300;

/** A name as a header may carry it. */
const headerName = (name: string): string => name.replace(/[^\w.-]+/g, '_');

/** The URL of a file that has come, for whoever may read it. */
const downloadOf = ({ objectKey, name }: ArrivedFile, now: string) => {
  const at = Date.parse(now);
  const file = headerName(name ?? 'log');
  const url = fileUrl(
    {
      method: 'GET',
      key: objectKey,
      seconds: urlSeconds,
      query: { 'response-content-disposition': `attachment; filename="${file}"` },
    },
    at,
  );
  return { url, expiresAt: new Date(at + urlSeconds * 1000).toISOString() };
};

/** The id of a log whose command was made by an older version, by its URL. */
const olderLogId = (url: string): string | undefined => {
  const token = tokenIn(url);
  return token && transferIdOf(token);
};

/** The transfers of uploads, in their order; undefined where a file was to be left elsewhere. */
const transfersOf = async ({ database }: Caller, uploads: readonly LogUpload[]) => {
  const ids = uploads.map(({ logId, url }) => logId ?? olderLogId(url));
  const known = ids.filter((id) => id !== undefined);
  const found = new Map(
    (await readTransfers(database, known)).map((one) => [one?.transferId, one]),
  );
  return ids.map((id) => (id === undefined ? undefined : found.get(id)));
};

const fileView = ({ name, bytes, sha256, arrivedAt }: ArrivedFile) => ({
  name: name ?? null,
  bytes,
  sha256,
  arrivedAt,
});

/** The certificates of our authority that a charger has been issued, the latest first. */
const issuedTo = async (
  { database, now }: Caller,
  { chargerKey, chargerId, renewedAt }: Charger,
) => {
  const issued = await readCertificates(database, chargerKey, renewedAt);
  return await Promise.all(
    issued.map(async (one) => {
      const { serialNumber, fingerprint, issuedAt, notBefore, notAfter, sequence } = one;
      const command = sequence && (await readCommand(database, chargerKey, sequence));
      return {
        serialNumber,
        fingerprint,
        issuedAt,
        validFrom: notBefore,
        validUntil: notAfter,
        state: certificateStanding(one, command ? command.state : undefined, Date.parse(now)),
        commandId: command ? commandId(command.sequence, chargerId) : null,
      };
    }),
  );
};

/** The calls about what commands have shown of the upkeep of a charger: its certificates and its logs. */
export const upkeepRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/certificates',
    summary:
      'Returns the root certificates of a charger as far as its answers to list-certificates have shown them, without those deleted later, and the certificates that were issued to it.',
    scope: 'chargers:read',
    response: CertificatesSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const [commands, issued] = await Promise.all([
        latestCommands(caller.database, charger),
        issuedTo(caller, charger),
      ]);
      const known = knownCertificates(commands);
      return done({
        items: [...known.certificates],
        installedSince: [...known.installedSince],
        issued,
      });
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
        latestCommands(caller.database, charger),
        readChargerMessages(caller.database, charger.chargerKey, filter),
      ]);
      const uploads = logUploads(commands, messages);
      const transfers = await transfersOf(caller, uploads);
      return done({
        items: uploads.map((one, index) => ({
          ...one,
          url: shownUrl(one.url),
          logId: transfers[index]?.transferId ?? null,
          file: transfers[index]?.file === undefined ? null : fileView(transfers[index].file),
          fileName: one.fileName ?? null,
          status: one.status ?? null,
          statusAt: one.statusAt ?? null,
        })),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/logs/{logId}/url',
    summary:
      'Returns a URL at which a log that a charger has uploaded can be downloaded for five minutes.',
    scope: 'chargers:read',
    response: DownloadSchema,
    errors: ['CHARGER_NOT_FOUND', 'LOG_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const transfer = await readTransfer(caller.database, path.logId);
      if (transfer?.file === undefined || transfer.chargerKey !== charger.chargerKey) {
        return refused('LOG_NOT_FOUND');
      }
      return done(downloadOf(transfer.file, caller.now));
    },
  }),
];
