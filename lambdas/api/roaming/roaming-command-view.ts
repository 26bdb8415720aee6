import * as z from 'zod';
import type { RoamingCommand } from '../../../core/ocpi/received/roaming-command.ts';
import { timeText } from '../common-schemas.ts';
import { id } from '../forms.ts';

/** A command to a partner: to start a session of a driver of ours there, or to end one. */
export const RoamingCommandForm = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    roamingLocationId: id(64),
    evseUid: id(64).optional(),
    connectorId: id(64).optional().meta({ description: 'Only together with evseUid.' }),
    tokenId: id(36),
  }),
  z.strictObject({ type: z.literal('stop'), roamingSessionId: id(64) }),
]);

/** A command to a partner as it is shown. */
export const RoamingCommandSchema = z
  .strictObject({
    roamingCommandId: z.string(),
    partnerId: z.string(),
    type: z.enum(['start', 'stop']),
    state: z.enum(['sent', 'accepted', 'rejected', 'failed', 'timed-out']).meta({
      description:
        'sent: the partner has it; accepted: it was carried out. A result may come late.',
    }),
    locationId: z.string().nullable(),
    evseUid: z.string().nullable(),
    connectorId: z.string().nullable(),
    sessionId: z.string().nullable(),
    tokenId: z.string().nullable(),
    response: z.string().nullable().meta({ description: 'The partner’s word at once.' }),
    result: z.string().nullable().meta({ description: 'The partner’s word for the outcome.' }),
    message: z.string().nullable(),
    createdAt: timeText,
    finishedAt: timeText.nullable(),
    expiresAt: timeText,
  })
  .meta({ id: 'RoamingCommand' });

/** Shows a command to a partner at a time (ISO 8601 in UTC). */
export const roamingCommandView = (command: RoamingCommand, now: string) => ({
  roamingCommandId: command.commandId,
  partnerId: command.partnerId,
  type: command.type,
  state:
    command.state === 'sent' && command.expiresAt <= now ? ('timed-out' as const) : command.state,
  locationId: command.locationId ?? null,
  evseUid: command.evseUid ?? null,
  connectorId: command.connectorId ?? null,
  sessionId: command.sessionId ?? null,
  tokenId: command.tokenId ?? null,
  response: command.response ?? null,
  result: command.result ?? null,
  message: command.message ?? null,
  createdAt: command.createdAt,
  finishedAt: command.finishedAt ?? null,
  expiresAt: command.expiresAt,
});
