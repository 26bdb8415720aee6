import { latestSessions } from '../../connection/latest-sessions.ts';
import { commandId } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { commandsAbout } from '../../store/commands/commands.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import type { Database } from '../../store/table/client.ts';
import { linksUntil, sentStart } from './started-session.ts';

/** Ms before its start in which the command that began a session is looked for: it may have waited for its charger. */
const before = 86_400_000;

/** The commands that began a session and ended it, by their ids. */
export type SessionCommands = {
  readonly startedBy: string | null;
  readonly stoppedBy: string | null;
};

/** Ms after its start until which another session may be the one that a command began. */
const after = 11 * 60_000;

async function startOf(
  database: Database,
  { session, chargerKey }: StoredSession,
  commands: readonly Command[],
  to: number,
): Promise<Command | undefined> {
  if (!commands.some((command) => sentStart(command) !== undefined)) return undefined;
  const sessions = await latestSessions(database, session.operatorId, chargerKey);
  const links = linksUntil(commands, [session, ...sessions], to);
  return commands.find(({ sequence }) => links.get(sequence) === session.sessionId);
}

/** Whether a charger may have done what it was asked: it said so, or what it said was lost or broke off. */
const mayHaveEnded = ({ state, outcome }: Command): boolean =>
  state === 'accepted' || state === 'timed-out' || outcome?.kind === 'unreadable';

/** Finds the commands that began and ended a session, among those to its charger from the day before until its end. */
export async function sessionCommands(
  database: Database,
  stored: StoredSession,
  now: string,
): Promise<SessionCommands> {
  const { session, chargerKey } = stored;
  const { start, stop, sessionId } = session;
  const begunAt = Date.parse(start?.receivedAt ?? stop?.receivedAt ?? now);
  const to = Math.max(Date.parse(stop?.receivedAt ?? now), begunAt + after);
  const commands = await commandsAbout(database, chargerKey, sessionId, begunAt - before, to);
  const begun = await startOf(database, stored, commands, to);
  const ended = commands.find((one) => one.sessionId === sessionId && mayHaveEnded(one));
  const idOf = (command: Command | undefined): string | null =>
    command === undefined ? null : commandId(command.sequence, command.chargerId);
  return { startedBy: idOf(begun), stoppedBy: session.state === 'active' ? null : idOf(ended) };
}
