import { startsSession } from '../../../core/command/starts-session.ts';
import { commandId } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { commandsAbout } from '../../store/commands/commands.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import type { Database } from '../../store/table/client.ts';
import { sentStart, startedSession } from './started-session.ts';

/** Ms before its start in which the command that began a session is looked for: it may have waited for its charger. */
const before = 86_400_000;

/** The commands that began a session and ended it, by their ids. */
export type SessionCommands = {
  readonly startedBy: string | null;
  readonly stoppedBy: string | null;
};

async function startOf(
  database: Database,
  { session }: StoredSession,
  commands: readonly Command[],
): Promise<Command | undefined> {
  const related = commands.flatMap((command) => {
    const start = sentStart(command);
    return start === undefined ? [] : [{ command, kinship: startsSession(start, session) }];
  });
  const named = related.find(({ kinship }) => kinship === 'named');
  if (named !== undefined) return named.command;
  for (const { command, kinship } of related) {
    if (kinship !== 'likely') continue;
    // Another session may be the first one of its token behind the command.
    if ((await startedSession(database, command)) === session.sessionId) return command;
  }
  return undefined;
}

/** Finds the commands that began and ended a session, among those to its charger from the day before until its end. */
export async function sessionCommands(
  database: Database,
  stored: StoredSession,
  now: string,
): Promise<SessionCommands> {
  const { session, chargerKey } = stored;
  const { start, stop, sessionId } = session;
  const from = Date.parse(start?.receivedAt ?? stop?.receivedAt ?? now) - before;
  const to = Date.parse(stop?.receivedAt ?? now);
  const commands = await commandsAbout(database, chargerKey, sessionId, from, to);
  const begun = await startOf(database, stored, commands);
  const ended = commands.find(
    (one) => one.sessionId === sessionId && (one.state === 'accepted' || one.state === 'timed-out'),
  );
  const idOf = (command: Command | undefined): string | null =>
    command === undefined ? null : commandId(command.sequence, command.chargerId);
  return { startedBy: idOf(begun), stoppedBy: session.state === 'active' ? null : idOf(ended) };
}
