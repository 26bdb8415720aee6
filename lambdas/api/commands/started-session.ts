import type { CommandOf } from '../../../core/command/command-request.ts';
import { linkStarts, type StartLinks } from '../../../core/command/link-starts.ts';
import type { SentStart } from '../../../core/command/starts-session.ts';
import type { Session } from '../../../core/session/session.ts';
import { latestSessions } from '../../connection/latest-sessions.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { commandsAbout } from '../../store/commands/commands.ts';
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

/** Ms before a session in which a start that began it was made at the earliest: it may have waited for its charger. */
const before = 86_400_000;

/** Ms after a start until which it may begin a session, with a minute for the clock of the charger. */
const after = 11 * 60_000;

/** Links the starts among the commands of a charger with those of its sessions that began before a time (epoch ms). */
export const linksUntil = (
  commands: readonly Command[],
  sessions: readonly Session[],
  to: number,
): StartLinks =>
  linkStarts(
    commands.map(sentStart).filter((start) => start !== undefined),
    // One that began later may belong to a start that is not among them.
    sessions.filter(({ start }) => !(Date.parse(start?.receivedAt ?? '') > to)),
  );

/**
 * The session that a `start` began: the one that its charger says it is, or else one of its token that its charger
 * reported in the ten minutes after the command, on its connector where it names one, and that no other start began.
 */
export async function startedSession(
  database: Database,
  command: Command,
): Promise<string | undefined> {
  const start = sentStart(command);
  if (start === undefined) return undefined;
  const { operatorId, chargerKey, sequence } = command;
  const sentAt = Date.parse(start.sentAt);
  const [from, to] = [sentAt - before, sentAt + after];
  const [sessions, others] = await Promise.all([
    latestSessions(database, operatorId, chargerKey),
    commandsAbout(database, chargerKey, '', from, to),
  ]);
  return linksUntil([command, ...others], sessions, to).get(sequence);
}
