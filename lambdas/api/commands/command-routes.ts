import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { isAnswerOverdue } from '../../../core/command/answer-time.ts';
import { hasEnded, hasExpired } from '../../../core/command/command-state.ts';
import { done, refused } from '../../http/answer.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { placeOfCommand } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { endExpired, endQueued, listCommands, readCommand } from '../../store/commands/commands.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { chargerPresence } from './charger-presence.ts';
import { CommandForm } from './command-form.ts';
import { CommandSchema, commandView } from './command-view.ts';
import { createCommand } from './create-command.ts';
import { startedSession } from './started-session.ts';

async function ownCommand(
  { database, operatorId }: Caller,
  commandId: string,
): Promise<Command | undefined> {
  const place = placeOfCommand(operatorId, commandId);
  return place && (await readCommand(database, place.chargerKey, place.sequence));
}

/**
 * Ends a command that has expired, so that it has ended once it is shown so; and has one looked at whose answer is overdue: whatever was
 * to end them may have been lost. Gives the command as it is then.
 */
async function settled({ database, sendCommandMessage }: Caller, command: Command, now: string) {
  const { chargerKey: key, state, sentAt, expiresAt } = command;
  if (hasExpired(command, now)) {
    const ended = await endExpired(database, command);
    if (ended === 'ended') return { ...command, state: 'expired', finishedAt: expiresAt } as const;
    return (await readCommand(database, key, command.sequence)) ?? command;
  }
  if (state === 'sent' && isAnswerOverdue(sentAt, Date.parse(now))) {
    await sendCommandMessage({ kind: 'next', chargerKey: key });
  }
  return command;
}

/** A command as it is shown alone: with whether its charger is connected, while it waits. */
async function shownAlone(caller: Caller, command: Command, now: string, sessionId?: string) {
  const view = commandView(command, now, sessionId);
  if (view.state !== 'queued') return view;
  const connection = await readConnection(caller.database, command.chargerKey);
  return { ...view, ...chargerPresence(command, connection, now) };
}

/** Ms between two looks at a command whose outcome somebody waits for. */
const pause = 250;

/** Waits for the outcome of a command, so many seconds at most. */
async function outcomeWithin(caller: Caller, commandId: string, seconds: number) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const command = await ownCommand(caller, commandId);
    if (command === undefined) return refused('COMMAND_NOT_FOUND');
    const time = Date.now();
    const now = new Date(time).toISOString();
    if (hasEnded(command.state) || hasExpired(command, now) || time >= until) {
      return done(await shownAlone(caller, await settled(caller, command, now), now));
    }
    await setTimeout(Math.min(pause, until - time));
  }
}

/** The calls about commands to chargers. */
export const commandRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/commands',
    summary:
      'Sends a command to a charger, after those that it has not answered yet; wait (1 to 25 seconds) waits for the outcome.',
    scope: 'commands:write',
    query: z.strictObject({ wait: z.coerce.number().int().min(1).max(25).optional() }),
    body: CommandForm,
    example: { type: 'start', tokenId: '04A2B3C4D5', connectorId: 1 },
    status: 202,
    response: CommandSchema,
    errors: [
      'CHARGER_NOT_FOUND',
      'CHARGER_NEVER_CONNECTED',
      'CHARGER_NOT_ACCEPTED',
      'SESSION_NOT_FOUND',
      'SESSION_NOT_ACTIVE',
      'PASSWORD_NOT_REGISTERED',
      'NOT_SUPPORTED_BY_VERSION',
      'TARIFF_NOT_FOUND',
      'FIRMWARE_NOT_FOUND',
      'FIRMWARE_NOT_UPLOADED',
      'INVALID_REQUEST',
      'CERTIFICATE_UNREADABLE',
      'CERTIFICATE_EXPIRED',
      'CERTIFICATE_NOT_YET_VALID',
      'TARIFF_NOT_EXPRESSIBLE',
      'COMMAND_FIELDS_INVALID',
      'COMMAND_TOO_LARGE',
      'COMMAND_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { path, query, body, keepAnswer }) => {
      const key = chargerKey(caller.operatorId, path.chargerId);
      const made = await createCommand(caller, key, body, keepAnswer);
      if (made.kind === 'refused') return made;
      return query.wait === undefined
        ? done(made.view)
        : await outcomeWithin(caller, made.view.commandId, query.wait);
    },
  }),
  listRoute({
    path: '/chargers/{chargerId}/commands',
    summary: 'Lists the commands to a charger; the latest come first.',
    scope: 'commands:read',
    item: CommandSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async ({ database, operatorId, now }, { path, page }) => {
      const key = chargerKey(operatorId, path.chargerId);
      const charger = await readCharger(database, key);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { items, next } = await listCommands(database, key, page);
      await Promise.all(
        items
          .filter((command) => hasExpired(command, now))
          .map(async (command) => await endExpired(database, command)),
      );
      return { items: items.map((command) => commandView(command, now)), next };
    },
  }),
  route({
    method: 'GET',
    path: '/commands/{commandId}',
    summary: 'Returns a command; a start with the session that it began.',
    scope: 'commands:read',
    response: CommandSchema,
    errors: ['COMMAND_NOT_FOUND'],
    run: async (caller, { path }) => {
      const found = await ownCommand(caller, path.commandId);
      if (found === undefined) return refused('COMMAND_NOT_FOUND');
      const command = await settled(caller, found, caller.now);
      const sessionId = await startedSession(caller.database, command);
      return done(await shownAlone(caller, command, caller.now, sessionId));
    },
  }),
  route({
    method: 'DELETE',
    path: '/commands/{commandId}',
    summary: 'Cancels a command that was not sent yet.',
    scope: 'commands:write',
    response: CommandSchema,
    errors: ['COMMAND_NOT_FOUND', 'COMMAND_NOT_QUEUED'],
    run: async (caller, { path }) => {
      const { database, now } = caller;
      const command = await ownCommand(caller, path.commandId);
      if (command === undefined) return refused('COMMAND_NOT_FOUND');
      if (hasExpired(command, now)) return refused('COMMAND_NOT_QUEUED');
      const { chargerKey: key, sequence } = command;
      const ended = await endQueued(database, key, sequence, { kind: 'cancelled' }, now);
      if (ended === 'late') return refused('COMMAND_NOT_QUEUED');
      return done(commandView({ ...command, state: 'cancelled', finishedAt: now }, now));
    },
  }),
];
