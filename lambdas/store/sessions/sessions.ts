import { UpdateItemCommand, type UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import type { Session, SessionState, SessionStop } from '../../../core/session/session.ts';
import { shownTimes } from '../../../core/session/shown-times.ts';
import { shardsOfOwner } from '../chargers/shards-of-owner.ts';
import type { Database } from '../table/client.ts';
import { type Conditional, conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { chargerSessions, lists } from '../table/keys/lists.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import {
  atLocation,
  type ListOwner,
  ofAccount,
  ownerEntries,
  ownerFilter,
} from '../table/list-owner.ts';
import {
  type Listed,
  type ListRequest,
  listRareThingsOf,
  listThings,
  listWantedOf,
} from '../table/listed.ts';
import type { Entry } from '../table/listing.ts';
import { type Change, updateOf } from '../table/update.ts';
import {
  type AnsweredToken,
  type StoredSession,
  sessionAttributes,
  storedSessionFrom,
} from './session-item.ts';

/** The outcome of a change to a session: written, or the item found instead (undefined if there is none). */
export type SessionWrite =
  | {
      readonly kind: 'written';
      /** The session as it is now, where the write asked for it. */
      readonly stored?: StoredSession;
    }
  | { readonly kind: 'standing'; readonly stored: StoredSession | undefined };

/** Where a session belongs: the shard of its operator's lists, and the location of its charger. */
export type SessionPlace = {
  readonly shard: number;
  /** Absent where its charger belonged to none when it began. */
  readonly locationId?: string;
  /** When what happened to it was kept, ISO 8601 in UTC, where that was later than its receipt. */
  readonly keptAt?: string;
  /** The answer about the token of its start, besides the status. */
  readonly answered?: AnsweredToken;
};

const outcome = (write: Conditional<UpdateItemCommandOutput>): SessionWrite =>
  write.kind === 'written'
    ? {
        kind: 'written',
        ...(write.output.Attributes && { stored: storedSessionFrom(write.output.Attributes) }),
      }
    : {
        kind: 'standing',
        stored: write.item === undefined ? undefined : storedSessionFrom(write.item),
      };

/** Place of a session in lists: by its start, or by its end when it never had one. ISO 8601 in UTC, then the id. */
export function placeInLists(session: Session): string {
  const { startedAt, endedAt } = shownTimes(session);
  return `${startedAt ?? endedAt}#${session.sessionId}`;
}

async function update(
  database: Database,
  sessionId: string,
  change: Change,
  condition: string,
): Promise<SessionWrite> {
  return outcome(
    await conditional(
      database.client.send(
        new UpdateItemCommand({
          TableName: database.state,
          Key: keyAttributes(sessionKey(sessionId)),
          ...updateOf(change),
          ConditionExpression: condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ),
  );
}

function facts(session: Session, place: SessionPlace, version: number): Change {
  const chargerKey = chargerKeyOf(session.operatorId, session.chargerId);
  const accountId = session.start?.accountId;
  return {
    set: {
      kind: 'SESSION',
      ...sessionAttributes(session),
      shard: place.shard,
      ...(place.keptAt === undefined ? {} : { keptAt: place.keptAt }),
      version,
      listKey: lists.sessions(session.operatorId, session.state, place.shard),
      listSort: placeInLists(session),
      chargerKey,
      chargerListKey: chargerSessions(chargerKey),
      ...ownerEntries('session', {
        operatorId: session.operatorId,
        shard: place.shard,
        locationId: place.locationId,
        accountId,
      }),
    },
    // An anomaly may have settled itself, as a late start does; a stop may be another session's; and a token may have an account no longer.
    remove: [
      ...(session.anomalies.length === 0 ? ['anomalies'] : []),
      ...(version > 1 && session.stop === undefined ? ['stop'] : []),
      ...(session.part !== undefined && session.stopRegisters === undefined
        ? ['stopRegisters']
        : []),
      ...(version > 1 && accountId === undefined ? ['ofAccount'] : []),
    ],
  };
}

/** Keeps a session that was not known before; one that is known stays as it is and is given back. */
export const insertSession = async (
  database: Database,
  session: Session,
  place: SessionPlace,
): Promise<SessionWrite> => {
  const { set, ...others } = facts(session, place, 1);
  const { answered } = place;
  const change = { ...others, set: { ...set, answered: answered && { ...answered } } };
  return await update(database, session.sessionId, change, 'attribute_not_exists(pk)');
};

/** Keeps a session as it has become, unless it has changed since `version` was read. */
export const replaceSession = async (
  database: Database,
  session: Session,
  place: SessionPlace,
  version: number,
): Promise<SessionWrite> =>
  await update(
    database,
    session.sessionId,
    {
      ...facts(session, place, version + 1),
      names: ['version'],
      values: { expectedVersion: version },
    },
    '#version = :expectedVersion',
  );

/**
 * Ends a session that has a start and no stop, without reading it; otherwise, and where its transaction has the id of others,
 * returns the stored session.
 * `anomaly` is noted of its end. Where the stop says where it was, a session is returned, too, of whose place less is known.
 * `isShown`: gives the session as it is then.
 */
export async function endSession(
  database: Database,
  session: SessionPlace & {
    readonly sessionId: string;
    readonly operatorId: string;
    /** The connector that its stop names. */
    readonly place?: ConnectorRef;
    readonly isShown?: boolean;
  },
  stop: SessionStop,
  anomaly?: Anomaly,
): Promise<SessionWrite> {
  const { place } = session;
  const change = updateOf({
    ...(anomaly === undefined ? {} : { append: { anomalies: [{ ...anomaly }] } }),
    set: {
      stop: { ...stop },
      ...(session.keptAt === undefined ? {} : { keptAt: session.keptAt }),
      state: 'ended',
      listKey: lists.sessions(session.operatorId, 'ended', session.shard),
    },
    names: ['start', 'version', 'part', ...(place === undefined ? [] : ['evseId', 'connectorId'])],
    values: { one: 1, ...(place === undefined ? {} : { whole: 0, named: place.connectorId }) },
  });
  const known = place === undefined ? '' : ' AND #evseId <> :whole AND #connectorId >= :named';
  return outcome(
    await conditional(
      database.client.send(
        new UpdateItemCommand({
          TableName: database.state,
          Key: keyAttributes(sessionKey(session.sessionId)),
          ...change,
          UpdateExpression: `${change.UpdateExpression} ADD #version :one`,
          ConditionExpression: `attribute_exists(#start) AND attribute_not_exists(#stop) AND attribute_not_exists(#part)${known}`,
          ...(session.isShown && { ReturnValues: 'ALL_NEW' as const }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ),
  );
}

/** Reads a session. `consistent` sees every write that has been answered. */
export async function readSession(
  database: Database,
  sessionId: string,
  consistent = false,
): Promise<StoredSession | undefined> {
  const item = await getItem(database, sessionKey(sessionId), consistent);
  return item === undefined ? undefined : storedSessionFrom(item);
}

/** Reads several sessions at once; those that do not exist are left out. */
export async function readSessions(
  database: Database,
  sessionIds: readonly string[],
): Promise<readonly StoredSession[]> {
  const items = await getItems(database, sessionIds.map(sessionKey));
  return items.flatMap((item) => (item === undefined ? [] : [storedSessionFrom(item)]));
}

/** Which sessions of an operator are asked for. */
export type SessionQuery = ListRequest & {
  /** In the order in which a session passes through them. */
  readonly states: readonly SessionState[];
  readonly shards: readonly number[];
  /** Absent: all of the operator. */
  readonly owner?: ListOwner | undefined;
  /** ISO 8601 in UTC with milliseconds; the start of the session, `from` included and `to` not. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Whether an entry of a list is of a session of ours: those at roaming partners are in the list of void ones. */
const isOwnSession = ({ key }: Entry): boolean => key.pk.startsWith('SESSION#');

/** Lists the sessions of an operator's chargers, the latest start first. */
export async function listSessions(
  database: Database,
  operatorId: string,
  query: SessionQuery,
): Promise<Listed<StoredSession>> {
  const { limit, after, from, to, owner, states, shards } = query;
  const span = { order: 'descending', limit, after, from, to } as const;
  if (owner === undefined) {
    const steps = states.map((state) =>
      shards.map((shard) => lists.sessions(operatorId, state, shard)),
    );
    return await listThings(database, { ...span, steps }, storedSessionFrom, isOwnSession);
  }
  // Nearly all sessions of an owner have ended; the others are in partitions of the operator that are short.
  if (states.includes('ended')) {
    const partitions = ownPartitions(operatorId, owner, shards);
    const own = { ...span, of: owner.kind, partitions };
    return await listWantedOf(database, own, storedSessionFrom, ({ session }) =>
      states.includes(session.state),
    );
  }
  const partitions = (await shardsOfOwner(database, owner, shards)).flatMap((shard) =>
    states.map((state) => ({
      partition: lists.sessions(operatorId, state, shard),
      filter: ownerFilter('session', operatorId, owner, shard),
    })),
  );
  return await listRareThingsOf(database, { ...span, partitions }, storedSessionFrom);
}

/** The partitions of an owner's sessions in its index. */
function ownPartitions(
  operatorId: string,
  owner: ListOwner,
  shards: readonly number[],
): readonly string[] {
  switch (owner.kind) {
    case 'charger':
      return [chargerSessions(owner.chargerKey)];
    case 'location':
      return [atLocation('session', operatorId, owner.locationId)];
    case 'account':
      return shards.map((shard) => ofAccount('session', operatorId, owner.accountId, shard));
    default:
      return owner satisfies never;
  }
}

/** Whether an anomaly was recorded; `shared` is the session that has the transaction's id alone, where others have it, too. */
type Noted =
  | { readonly kind: 'noted' | 'unchanged' }
  | { readonly kind: 'shared'; readonly stored: StoredSession };

/**
 * Records an anomaly on an active session, once for each code, so that a charger that repeats itself does not fill it.
 * A missing session is not created, and an ended one is not changed: its CDR may have been made by now. Nothing is recorded where
 * other sessions have the id of its transaction, unless it is certain that the anomaly is its own (`isOwn`).
 */
export async function noteAnomaly(
  database: Database,
  sessionId: string,
  anomaly: Anomaly,
  isOwn = false,
): Promise<Noted> {
  const noted = `noted${anomaly.code}`;
  const change = updateOf({
    set: { [noted]: true },
    append: { anomalies: [{ ...anomaly }] },
    names: ['version', 'stop', ...(isOwn ? [] : ['part'])],
    values: { one: 1 },
  });
  const alone = isOwn ? '' : ' AND attribute_not_exists(#part)';
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...change,
        UpdateExpression: `${change.UpdateExpression} ADD #version :one`,
        ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(#stop) AND attribute_not_exists(#${noted})${alone}`,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (update.kind === 'written') return { kind: 'noted' };
  return isOwn || update.item?.['part'] === undefined
    ? { kind: 'unchanged' }
    : { kind: 'shared', stored: storedSessionFrom(update.item) };
}
