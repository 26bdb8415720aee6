import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import { sessionState } from '../../../core/ocpi/received/session-state.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, toItem } from '../table/item.ts';
import {
  type ReceivedFrom,
  receivedId,
  receivedKey,
  receivedLists,
  sessionsBesideVoid,
} from '../table/keys/received-keys.ts';
import { type Listed, type ListRequest, listWantedOf } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { factsOfDriver } from './facts-of-driver.ts';
import { keptObjectFrom, keptWithPlace } from './kept-object.ts';
import { sessionVisitParts } from './visits.ts';
import { ifAsRead } from './write-parts.ts';
import type { Written } from './write-received-location.ts';

/** A session of a partner as it is held. */
export type HeldSession = {
  readonly from: ReceivedFrom;
  /** Our id of it. */
  readonly receivedId: string;
  readonly session: PartnerSession;
  /** 2.1.1: the location that the session carries. */
  readonly place?: PartnerLocation;
  /** The account of our driver; absent where the token has none, or is not ours. */
  readonly accountId?: string;
  /** ISO 8601 in UTC: when it came first. */
  readonly receivedAt: string;
  /** Counts up with every change. */
  readonly revision: number;
};

/** Reads a session from its item. */
export const heldSessionFrom = (item: Item): HeldSession => {
  const session = keptObjectFrom<PartnerSession>(item);
  return { ...factsOfDriver(item, 'session', session), session };
};

/** Reads a session of a partner by our id. */
export async function readHeldSession(
  database: Database,
  operatorId: string,
  id: string,
): Promise<HeldSession | undefined> {
  const item = await getItem(database, receivedKey(operatorId, id), true);
  return item === undefined ? undefined : heldSessionFrom(item);
}

/** Keeps a session of a partner in the place of the one before. */
export async function writeHeldSession(
  database: Database,
  before: HeldSession | undefined,
  { from, session, place, accountId, receivedAt }: Omit<HeldSession, 'receivedId' | 'revision'>,
): Promise<Written> {
  const kept = keptWithPlace(session, place);
  if (kept === undefined) return { tooLarge: '' };
  const { operatorId, partnerId } = from;
  const id = receivedId('session', from, session.id);
  const item = toItem({
    ...receivedKey(operatorId, id),
    kind: 'RECEIVEDSESSION',
    operatorId,
    partnerId,
    accountId,
    receivedAt,
    revision: (before?.revision ?? 0) + 1,
    listKey: sessionsBesideVoid(operatorId),
    chargerListKey: receivedLists.sessions(operatorId, sessionState(session)),
    ofAccount: accountId && receivedLists.sessionsOfAccount(operatorId, accountId),
    listSort: `${session.startDateTime}#${id}`,
  });
  const put = { Item: { ...item, ...kept.attributes }, ...ifAsRead(before?.revision) };
  const visits = sessionVisitParts(database, from, before?.session, session);
  return (await putWith(database, put, visits)) ? 'written' : 'changed';
}

const states = ['active', 'ended'] as const;

/** Which sessions of partners are asked for; times are ISO 8601 in UTC, of the start, both included. */
export type SessionSpan = ListRequest & {
  readonly state?: (typeof states)[number] | undefined;
  /** Absent: of all drivers. */
  readonly accountId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Lists sessions of partners, or those of an account there, the ones that began last first. */
export async function listHeldSessions(
  database: Database,
  operatorId: string,
  { state, accountId, from, to, ...page }: SessionSpan,
): Promise<Listed<HeldSession>> {
  const span = { order: 'descending', from, to: to && `${to}#\uffff`, ...page } as const;
  const wanted = state === undefined ? states : [state];
  if (accountId !== undefined) {
    const partitions = [receivedLists.sessionsOfAccount(operatorId, accountId)];
    const own = { of: 'account', partitions, ...span } as const;
    return await listWantedOf(database, own, heldSessionFrom, ({ session }) =>
      wanted.includes(sessionState(session)),
    );
  }
  const partitions = wanted.map((one) => receivedLists.sessions(operatorId, one));
  const all = { of: 'charger', partitions, ...span } as const;
  return await listWantedOf(database, all, heldSessionFrom, () => true);
}
