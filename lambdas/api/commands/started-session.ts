import type { CommandOf } from '../../../core/command/command-request.ts';
import { type SentStart, startsSession } from '../../../core/command/starts-session.ts';
import { latestSessions } from '../../connection/latest-sessions.ts';
import type { Command } from '../../store/commands/command-item.ts';
import type { Database } from '../../store/table/client.ts';

const isStart = (command: Command): command is Command & { readonly request: CommandOf<'start'> } =>
  command.request.type === 'start';

/** States of a command that has reached its charger, or may have. */
const reached: ReadonlySet<Command['state']> = new Set<Command['state']>([
  'sent',
  'accepted',
  'rejected',
  'failed',
  'timed-out',
]);

/** A command that may have started a session: a start that was sent. */
export function sentStart(command: Command): SentStart | undefined {
  const { state, sentAt } = command;
  if (!isStart(command) || sentAt === undefined) return undefined;
  return reached.has(state) ? { ...command, sentAt } : undefined;
}

/**
 * The session that a `start` began: the one that its charger says it is, or else the first one of its token that its charger
 * reported in the ten minutes after the command, on its connector where it names one.
 */
export async function startedSession(
  database: Database,
  command: Command,
): Promise<string | undefined> {
  const start = sentStart(command);
  if (start === undefined) return undefined;
  const { operatorId, chargerKey } = command;
  const sessions = await latestSessions(database, operatorId, chargerKey);
  const related = sessions.map((session) => ({
    sessionId: session.sessionId,
    kinship: startsSession(start, session),
  }));
  const its =
    related.find(({ kinship }) => kinship === 'named') ??
    related.findLast(({ kinship }) => kinship === 'likely');
  return its?.sessionId;
}
