import type { SessionState } from '../../../core/session/session.ts';
import {
  type HeldSession,
  heldSessionFrom,
  listHeldSessions,
} from '../received/received-sessions.ts';
import type { Database } from '../table/client.ts';
import type { Item } from '../table/item.ts';
import { lists } from '../table/keys/lists.ts';
import { type Listed, listThings } from '../table/listed.ts';
import { mergePages } from '../table/owner-listing.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';
import { listSessions, placeInLists, type SessionQuery } from './sessions.ts';

/** A session of a charger of ours, or one of a driver of ours at a roaming partner. */
export type AnySession =
  | { readonly kind: 'own'; readonly stored: StoredSession }
  | { readonly kind: 'roaming'; readonly held: HeldSession };

const own = (stored: StoredSession): AnySession => ({ kind: 'own', stored });

const roaming = (held: HeldSession): AnySession => ({ kind: 'roaming', held });

const anySessionFrom = (item: Item): AnySession =>
  item['kind']?.S === 'RECEIVEDSESSION'
    ? roaming(heldSessionFrom(item))
    : own(storedSessionFrom(item));

const listPosition = (session: AnySession): string =>
  session.kind === 'own'
    ? placeInLists(session.stored.session)
    : `${session.held.session.startDateTime}#${session.held.receivedId}`;

/** The states of a session at a partner. */
const statesThere = (states: readonly SessionState[]): readonly ('active' | 'ended')[] =>
  states.filter((state) => state !== 'void');

/** Lists the sessions of our drivers at roaming partners alone, the latest start first. */
export async function listRoamingSessions(
  database: Database,
  operatorId: string,
  { states, owner, from, to, limit, after }: SessionQuery,
): Promise<Listed<AnySession>> {
  const there = statesThere(states);
  // Neither a charger nor a location of ours has any.
  const isOurs = owner?.kind === 'charger' || owner?.kind === 'location';
  if (there.length === 0 || isOurs) return { items: [], next: null };
  const span = { from, to, limit, after, accountId: owner?.accountId };
  const state = there.length === 1 ? there[0] : undefined;
  const { items, next } = await listHeldSessions(database, operatorId, { ...span, state });
  return { items: items.map(roaming), next };
}

/** Lists the sessions of our chargers alone, the latest start first. */
export async function listOwnSessions(
  database: Database,
  operatorId: string,
  query: SessionQuery,
): Promise<Listed<AnySession>> {
  const { items, next } = await listSessions(database, operatorId, query);
  return { items: items.map(own), next };
}

/**
 * Lists sessions of our chargers and of our drivers at roaming partners, the latest start first: all of both with as many queries as
 * the own ones take, those of a state or an account with one more.
 */
export async function listAllSessions(
  database: Database,
  operatorId: string,
  query: SessionQuery,
): Promise<Listed<AnySession>> {
  const { states, owner, shards, limit, after, from, to } = query;
  const span = { order: 'descending', limit, after, from, to } as const;
  if (owner === undefined && states.includes('void') && states.length > 1) {
    const steps = states.map((state) =>
      shards.map((shard) => lists.sessions(operatorId, state, shard)),
    );
    return await listThings(database, { ...span, steps }, anySessionFrom);
  }
  const pages = await Promise.all([
    listOwnSessions(database, operatorId, query),
    listRoamingSessions(database, operatorId, query),
  ]);
  const placed = pages.map(({ items, next }) => ({
    entries: items.map((thing) => ({ sort: listPosition(thing), thing })),
    next,
  }));
  const { entries, next } = mergePages(placed, span);
  return { items: entries.map(({ thing }) => thing), next };
}
