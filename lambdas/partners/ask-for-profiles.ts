import { changesProfile } from '../../core/ocpi/profiles/changes-profile.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readOperator, shardsOf } from '../store/operators/operators.ts';
import { listSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The latest sessions of a charger, among which those that run are looked for. */
const mostSessions = 50;

/**
 * Has a charger asked how fast the sessions charge now whose partners set a profile, once a command of somebody else may have changed that. A
 * partner gets the result of its own commands, which concern no other session.
 */
export async function askForProfiles(
  { database, push }: { readonly database: Database; readonly push: SendOutbound },
  operatorId: string,
  { chargerKey, request, state, orderedBy, finishedAt }: Command,
): Promise<void> {
  if (orderedBy !== undefined || state !== 'accepted' || finishedAt === undefined) return;
  const operator = await readOperator(database, operatorId);
  const { items } = await listSessions(database, operatorId, {
    states: ['active', 'ended', 'void'],
    shards: operator === undefined ? [] : shardsOf(operator),
    owner: { kind: 'charger', chargerKey },
    limit: mostSessions,
  });
  const messages = items
    .filter(({ session, followsProfile }) => {
      const isRunning = session.state === 'active' && followsProfile === true;
      return isRunning && changesProfile(request, session);
    })
    .map(({ session: { sessionId } }) => ({
      ...{ kind: 'profile' as const, operatorId, sessionId, changedAt: finishedAt },
      waitSeconds: 0,
    }));
  if (messages.length > 0) await push(messages);
}
