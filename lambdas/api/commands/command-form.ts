import * as z from 'zod';
import { certificateUses } from '../../../core/command/certificate.ts';
import { verbatimTypes, verbatimTypesOf21 } from '../../../core/command/verbatim-type.ts';
import { time } from '../../http/time-form.ts';
import { id, whole } from '../forms.ts';

const connectorNumber = whole(255);
const place = { connectorId: connectorNumber.optional(), evseId: connectorNumber.optional() };
/** Neither a session nor a cable is on connector 0, which means the whole charger (OCPP 1.6 section 5.11). */
const oneConnector = connectorNumber.refine((number) => number > 0, {
  message: 'The value must be a whole number from 1 to 255.',
});
const lifetime = { expiresInSeconds: z.int().min(10).max(604_800).optional() };
const text = (longest: number) => z.string().max(longest);
const number = whole(2_147_483_647);
const attempts = { retries: number.optional(), retrySeconds: number.optional() };

const Profile = z
  .strictObject({
    profileId: number,
    transactionId: text(36).optional(),
    stackLevel: number,
    purpose: z.enum(['charger-limit', 'default', 'transaction']),
    kind: z.enum(['absolute', 'relative', 'daily', 'weekly']),
    validFrom: time.optional(),
    validTo: time.optional(),
    schedule: z.strictObject({
      unit: z.enum(['A', 'W']),
      startsAt: time.optional(),
      durationSeconds: number.optional(),
      minimum: z.number().min(0).optional(),
      periods: z
        .array(
          z.strictObject({
            startSeconds: number,
            limit: z.number().min(0),
            phases: z.int().min(1).max(3).optional(),
          }),
        )
        .min(1)
        .max(1_024),
    }),
  })
  .meta({ id: 'ChargingProfile' });

const statuses = ['Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx'] as const;

const ListedToken = z.strictObject({
  tokenId: id(36),
  status: z.enum(statuses).optional().meta({ description: 'Absent to take it off the list.' }),
  validUntil: time.optional(),
  parentTokenId: id(36).optional(),
});

const messages = [
  'boot',
  'diagnostics-status',
  'firmware-status',
  'heartbeat',
  'log-status',
  'meter-values',
  'publish-firmware-status',
  'sign-certificate',
  'sign-combined-certificate',
  'sign-v2g-certificate',
  'status',
  'transaction',
] as const;

const command = <const Type extends string, Fields extends z.core.$ZodLooseShape>(
  type: Type,
  fields: Fields,
) => z.strictObject({ type: z.literal(type), ...fields, ...lifetime });

/** A command as an operator gives it: the vocabulary of all OCPP versions, or a message of OCPP 2 by its name with its fields. */
export const CommandForm = z
  .discriminatedUnion('type', [
    command('start', {
      tokenId: id(36),
      connectorId: oneConnector.optional(),
      evseId: oneConnector.optional(),
      profile: Profile.optional(),
    }),
    command('stop', { sessionId: id(64) }),
    command('unlock', { connectorId: oneConnector, evseId: oneConnector.optional() }),
    command('reset', { kind: z.enum(['soft', 'hard']), evseId: connectorNumber.optional() }),
    command('availability', { ...place, available: z.boolean() }),
    command('trigger', { ...place, message: z.enum(messages) }),
    command('get-configuration', { keys: z.array(text(100)).max(200).optional() }),
    command('set-configuration', { key: text(100), value: text(2_500) }),
    command('clear-cache', {}),
    command('local-list-version', {}),
    command('local-list', {
      full: z.boolean(),
      tokens: z.array(ListedToken).max(1_000).optional(),
      version: number.optional(),
    }),
    command('reserve', {
      ...place,
      connectorType: text(20).optional(),
      tokenId: id(36),
      parentTokenId: id(36).optional(),
      expiresAt: time,
    }),
    command('cancel-reservation', { reservationId: number }),
    command('set-charging-profile', { ...place, profile: Profile }),
    command('clear-charging-profile', {
      ...place,
      profileId: number.optional(),
      purpose: z.enum(['charger-limit', 'default', 'transaction']).optional(),
      stackLevel: number.optional(),
    }),
    command('composite-schedule', {
      ...place,
      durationSeconds: number,
      unit: z.enum(['A', 'W']).optional(),
    }),
    command('update-firmware', {
      url: z.url().max(512).optional(),
      firmwareId: id(64).optional().meta({ description: 'A firmware of yours, instead of url.' }),
      retrieveAt: time.optional(),
      ...attempts,
      signed: z
        .strictObject({
          certificate: text(5_500),
          signature: text(800),
          requestId: number,
          installAt: time.optional(),
        })
        .optional(),
    }),
    command('get-logs', {
      kind: z.enum(['diagnostics', 'security']),
      url: z.url().max(512).optional().meta({
        description: 'Absent to have the file kept here; the logs of the charger show it.',
      }),
      requestId: number.optional(),
      ...attempts,
      from: time.optional(),
      to: time.optional(),
    }),
    command('data-transfer', {
      vendorId: text(255),
      messageId: text(50).optional(),
      data: text(60_000).optional(),
    }),
    command('list-certificates', { use: z.enum(certificateUses) }),
    command('install-certificate', { use: z.enum(certificateUses), certificate: text(10_000) }),
    command('delete-certificate', {
      certificate: z.strictObject({
        algorithm: z.enum(['SHA256', 'SHA384', 'SHA512']),
        issuerNameHash: text(128),
        issuerKeyHash: text(128),
        serialNumber: text(40),
      }),
    }),
    command('deliver-certificate', {
      chain: text(10_000),
      use: z.enum(['charger', 'v2g']).optional(),
    }),
    z.looseObject({ type: z.enum([...verbatimTypes, ...verbatimTypesOf21]), ...lifetime }),
  ])
  .meta({ id: 'CommandForm' });

/** A command that was read. */
export type CommandForm = z.output<typeof CommandForm>;
