import * as z from 'zod';
import {
  type RoamingCommand,
  roamingCommandTypes,
} from '../../../core/ocpi/received/roaming-command.ts';
import { time } from '../../http/time-form.ts';
import { timeText } from '../common-schemas.ts';
import { id } from '../forms.ts';
import { ActiveProfileSchema, activeProfileView, PartnerProfileForm } from './partner-profile.ts';

const atPlace = { roamingLocationId: id(64) };
const ofSession = { roamingSessionId: id(64) };
const connectorId = id(64);

/** A command to a partner about one of its charging stations, or a session of a driver of ours there. */
export const RoamingCommandForm = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    ...atPlace,
    evseUid: id(64).optional(),
    connectorId: connectorId.optional().meta({ description: 'Only together with evseUid.' }),
    tokenId: id(36),
  }),
  z.strictObject({ type: z.literal('stop'), ...ofSession }),
  z.strictObject({
    type: z.literal('reserve'),
    ...atPlace,
    evseUid: id(64).optional(),
    tokenId: id(36),
    expiresAt: time,
  }),
  z.strictObject({
    type: z.literal('cancel-reservation'),
    roamingCommandId: id(64).meta({ description: 'The command by which it was reserved.' }),
  }),
  z.strictObject({ type: z.literal('unlock'), ...atPlace, evseUid: id(64), connectorId }),
  z.strictObject({
    type: z.literal('set-charging-profile'),
    ...ofSession,
    profile: PartnerProfileForm,
  }),
  z.strictObject({ type: z.literal('clear-charging-profile'), ...ofSession }),
  z.strictObject({
    type: z.literal('composite-schedule'),
    ...ofSession,
    durationSeconds: z.int().min(1).max(86_400),
  }),
]);

/** A command to a partner as it is shown. */
export const RoamingCommandSchema = z
  .strictObject({
    roamingCommandId: z.string(),
    partnerId: z.string(),
    type: z.enum(roamingCommandTypes),
    state: z.enum(['sent', 'accepted', 'rejected', 'failed', 'cancelled', 'timed-out']).meta({
      description:
        'sent: the partner has it; accepted: it was carried out; cancelled: a reservation that was taken back. A result may come late.',
    }),
    locationId: z.string().nullable(),
    evseUid: z.string().nullable(),
    connectorId: z.string().nullable(),
    sessionId: z.string().nullable(),
    tokenId: z.string().nullable(),
    reservationId: z.string().nullable().meta({ description: 'The number that the partner got.' }),
    reservedUntil: timeText.nullable(),
    activeProfile: ActiveProfileSchema.nullable().meta({
      description: 'The profile that the session is charged by, as the partner said last.',
    }),
    response: z.string().nullable().meta({ description: 'The partner’s word at once.' }),
    result: z.string().nullable().meta({ description: 'The partner’s word for the outcome.' }),
    message: z.string().nullable(),
    createdAt: timeText,
    finishedAt: timeText.nullable(),
    expiresAt: timeText,
  })
  .meta({ id: 'RoamingCommand' });

const aboutView = (command: RoamingCommand) => ({
  locationId: command.locationId ?? null,
  evseUid: command.evseUid ?? null,
  connectorId: command.connectorId ?? null,
  sessionId: command.sessionId ?? null,
  tokenId: command.tokenId ?? null,
  reservationId: command.reservationId ?? null,
  reservedUntil: command.reservedUntil ?? null,
});

/** Shows a command to a partner at a time (ISO 8601 in UTC). */
export const roamingCommandView = (command: RoamingCommand, now: string) => ({
  roamingCommandId: command.commandId,
  partnerId: command.partnerId,
  type: command.type,
  state:
    command.state === 'sent' && command.expiresAt <= now ? ('timed-out' as const) : command.state,
  ...aboutView(command),
  activeProfile: command.activeProfile ? activeProfileView(command.activeProfile) : null,
  response: command.response ?? null,
  result: command.result ?? null,
  message: command.message ?? null,
  createdAt: command.createdAt,
  finishedAt: command.finishedAt ?? null,
  expiresAt: command.expiresAt,
});
