import { chargerKey } from '../../../core/charger/charger-key.ts';
import { doneSilently, refused } from '../../http/answer.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { connectionFrom } from '../../store/chargers/connections.ts';
import {
  type Connector,
  connectorFrom,
  readChargerItems,
} from '../../store/chargers/connectors.ts';
import {
  type ReadCharger,
  deleteCharger as storeDeletion,
} from '../../store/chargers/delete-charger.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import { listSessions, readSession } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';
import type { Caller } from '../api-route.ts';

/** How often a charger may change while it is being deleted before we give up. */
const mostAttempts = 5;

/** Seconds after which its commands are looked at: by then the charger is deleted, and those that wait end. */
const secondsToDelete = 2;

async function readWhole(database: Database, key: string): Promise<ReadCharger | undefined> {
  const [charger, items] = await Promise.all([
    readCharger(database, key, true),
    readChargerItems(database, key, true),
  ]);
  if (charger === undefined) return undefined;
  return {
    charger,
    connection: connectionFrom(items.connection),
    connectors: items.connectors.map(connectorFrom),
  };
}

/** The sessions that the connectors point at, as they are now; and those that they point at no longer, by the charger's list. */
async function hasActiveSession(
  database: Database,
  operatorId: string,
  key: string,
  connectors: readonly Connector[],
): Promise<boolean> {
  const pointed = connectors.flatMap(({ openSessionId }) => openSessionId ?? []);
  const sessions = await Promise.all(pointed.map((id) => readSession(database, id, true)));
  if (sessions.some((stored) => stored?.session.state === 'active')) return true;
  const operator = await readOperator(database, operatorId);
  const shards = operator === undefined ? [] : shardsOf(operator);
  const owner = { kind: 'charger', chargerKey: key } as const;
  const query = { states: ['active'], shards, owner, limit: 100 } as const;
  let after: string | undefined;
  do {
    const page = await listSessions(database, operatorId, { ...query, after });
    if (page.items.some(({ session }) => session.state === 'active')) return true;
    // A page may end before the list does, and have no item.
    after = page.next ?? undefined;
  } while (after !== undefined);
  return false;
}

/**
 * Deletes a charger that has no active session: it cannot connect any more, and its open connection is closed. What it reported
 * and what was billed stays. A session that begins meanwhile is seen, or continues like one whose charger fell silent.
 */
export async function deleteCharger(caller: Caller, chargerId: string) {
  const { database, operatorId, now, closeConnection } = caller;
  const key = chargerKey(operatorId, chargerId);
  for (let n = 0; n < mostAttempts; n += 1) {
    const whole = await readWhole(database, key);
    if (whole === undefined) return refused('CHARGER_NOT_FOUND');
    if (await hasActiveSession(database, operatorId, key, whole.connectors)) {
      return refused('CHARGER_HAS_ACTIVE_SESSION');
    }
    await caller.sendCommandMessage({ kind: 'next', chargerKey: key }, secondsToDelete);
    if ((await storeDeletion(database, whole, now)) === 'deleted') {
      if (whole.connection !== undefined) await closeConnection(whole.connection.connectionId);
      return doneSilently;
    }
  }
  throw new ConcurrentUpdateError('The charger kept changing while it was deleted');
}
