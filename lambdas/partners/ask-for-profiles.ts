import { changesProfile } from '../../core/ocpi/profiles/changes-profile.ts';
import { followedProfile, isUnanswered } from '../../core/ocpi/profiles/followed-profile.ts';
import { latestCommands } from '../connection/latest-commands.ts';
import type { ProfileMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { profileNumber } from '../roaming/profile-number.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readOperator, shardsOf } from '../store/operators/operators.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { listSessions, readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

type Asking = { readonly database: Database; readonly push: SendOutbound };

/** The latest sessions of a charger, among which those that run are looked for. */
const mostSessions = 50;

const isFollowed = ({ session, followsProfile }: StoredSession): boolean =>
  session.state === 'active' && followsProfile === true;

/** Running sessions of a charger whose partners sent a profile. */
async function followedSessions(
  database: Database,
  operatorId: string,
  chargerKey: string,
): Promise<readonly StoredSession[]> {
  const operator = await readOperator(database, operatorId);
  const { items } = await listSessions(database, operatorId, {
    states: ['active', 'ended', 'void'],
    shards: operator === undefined ? [] : shardsOf(operator),
    owner: { kind: 'charger', chargerKey },
    limit: mostSessions,
  });
  return items.filter(isFollowed);
}

/** Sessions of a charger whose speed may have changed; `changedAt` is ISO 8601 in UTC. */
type Change = {
  readonly sessions: readonly StoredSession[];
  readonly changedAt: string;
  /** Whether it is only asked about changes that it never answered for. */
  readonly onlyUnanswered: boolean;
};

/** Has a charger asked about those of its sessions whose partner set a profile that the charger accepted. */
async function ask(
  { database, push }: Asking,
  { operatorId, chargerKey }: { readonly operatorId: string; readonly chargerKey: string },
  { sessions, changedAt, onlyUnanswered }: Change,
): Promise<void> {
  const charger = sessions.length === 0 ? undefined : await readCharger(database, chargerKey);
  if (charger === undefined) return;
  const commands = await latestCommands(database, charger);
  const messages = sessions.flatMap(({ session, limitChangedAt }): readonly ProfileMessage[] => {
    const followed = followedProfile(commands, profileNumber(session.sessionId));
    if (followed === undefined) return [];
    if (onlyUnanswered && !isUnanswered(commands, session, limitChangedAt)) return [];
    const { sessionId } = session;
    return [{ kind: 'profile', operatorId, sessionId, changedAt, ...followed, waitSeconds: 0 }];
  });
  if (messages.length > 0) await push(messages);
}

/**
 * Has a charger asked how fast the sessions charge now whose partners set a profile, once a command of somebody else may have changed that. A
 * partner gets the result of its own commands, which concern no other session.
 */
export async function askForProfiles(
  asking: Asking,
  operatorId: string,
  { chargerKey, request, state, orderedBy, finishedAt }: Command,
): Promise<void> {
  if (orderedBy !== undefined || state !== 'accepted' || finishedAt === undefined) return;
  const sessions = await followedSessions(asking.database, operatorId, chargerKey);
  const concerned = sessions.filter(({ session }) => changesProfile(request, session));
  const change = { sessions: concerned, changedAt: finishedAt, onlyUnanswered: false };
  await ask(asking, { operatorId, chargerKey }, change);
}

/** Has a charger asked that said that a limit of its own changed for a session, or that is connected again and never answered about a change. */
export async function askAgain(
  asking: Asking,
  operatorId: string,
  limits: {
    readonly chargerKey: string;
    readonly at: string;
    readonly sessionId?: string | undefined;
  },
): Promise<void> {
  const { database } = asking;
  const { chargerKey, at: changedAt, sessionId } = limits;
  const place = { operatorId, chargerKey };
  if (sessionId === undefined) {
    const sessions = await followedSessions(database, operatorId, chargerKey);
    return await ask(asking, place, { sessions, changedAt, onlyUnanswered: true });
  }
  const stored = await readSession(database, sessionId, true);
  const sessions = stored !== undefined && isFollowed(stored) ? [stored] : [];
  await ask(asking, place, { sessions, changedAt, onlyUnanswered: false });
}
