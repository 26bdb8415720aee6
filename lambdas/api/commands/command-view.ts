import * as z from 'zod';
import { changeCommand, hasExpired } from '../../../core/command/command-state.ts';
import { shownOutcome, shownRequest } from '../../../core/command/secret-settings.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { commandId } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { timeText } from '../common-schemas.ts';

const states = [
  'queued',
  'sent',
  'accepted',
  'rejected',
  'failed',
  'timed-out',
  'expired',
  'cancelled',
] as const;

/** A command as it is answered. */
export const CommandSchema = z
  .strictObject({
    commandId: z.string(),
    chargerId: z.string(),
    type: z.string(),
    state: z.enum(states),
    request: z
      .record(z.string(), z.unknown())
      .meta({ description: 'In the words of the command.' }),
    response: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The outcome that the charger gave.' })
      .optional(),
    error: z
      .strictObject({ code: z.string(), message: z.string() })
      .meta({ description: 'The error that the charger answered with.' })
      .optional(),
    sessionId: z
      .string()
      .meta({ description: 'The session that it began or is to stop.' })
      .optional(),
    origin: z
      .enum(['desired-configuration', 'firmware-campaign', 'certificate', 'running-cost'])
      .meta({
        description: 'Nobody sent it: the desired configuration or a campaign asked for it.',
      })
      .optional(),
    furtherCommandIds: z
      .array(z.string())
      .meta({
        description:
          'The commands with the settings that the charger does not take in one message, when it is made.',
      })
      .optional(),
    chargerConnected: z
      .boolean()
      .meta({
        description:
          'Of a command that waits, when it is made or asked for by its id: false where the charger is not connected, so that it waits until it is, or expires.',
      })
      .optional(),
    chargerLastSeenAt: timeText
      .meta({
        description: 'When the connection of a charger that is not connected was heard last.',
      })
      .optional(),
    createdAt: timeText,
    sentAt: timeText.optional(),
    finishedAt: timeText.optional(),
    expiresAt: timeText,
  })
  .meta({ id: 'Command' });

type CommandView = z.output<typeof CommandSchema>;

const answerOf = (outcome: Command['outcome']): Pick<CommandView, 'response' | 'error'> => {
  switch (outcome?.kind) {
    case undefined:
      return {};
    case 'accepted':
    case 'rejected': {
      const { kind: _kind, ...response } = outcome;
      return { response };
    }
    case 'failed':
      return { error: { code: outcome.code, message: outcome.description } };
    case 'unreadable':
      return { error: { code: 'UNREADABLE', message: outcome.description } };
    default:
      return outcome satisfies never;
  }
};

/** Shows a command. One that waited too long has expired, also before that was noted. `now` is ISO 8601 in UTC. */
export function commandView(command: Command, now: string, sessionId?: string): CommandView {
  const { type, ...request } = shownRequest(command.request);
  const { state, chargerId, origin, createdAt, expiresAt, sentAt, finishedAt } = command;
  const isExpired = hasExpired(command, now);
  return omitUndefined({
    commandId: commandId(command.sequence, chargerId),
    chargerId,
    type,
    state: isExpired ? changeCommand(state, { kind: 'expired' }) : state,
    request,
    ...answerOf(command.outcome && shownOutcome(command.outcome)),
    sessionId: sessionId ?? command.sessionId,
    origin,
    createdAt,
    sentAt,
    finishedAt: isExpired ? expiresAt : finishedAt,
    expiresAt,
  });
}
