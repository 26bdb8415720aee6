import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { shardsOfOwner } from '../chargers/shards-of-owner.ts';
import { type ClosedRunningView, closeRunningView } from '../sessions/closed-running-view.ts';
import {
  absentResultAttributes,
  resultAttributes,
  type SessionResult,
} from '../sessions/session-item.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { toItem } from '../table/item.ts';
import { cdrItemKey, cdrPrefix } from '../table/keys/cdr-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import { heldKey, sessionKey } from '../table/keys/session-keys.ts';
import { atLocation, type ListOwner, ofAccount, ownerFilter } from '../table/list-owner.ts';
import { type Listed, type ListRequest, listRareThingsOf, listThings } from '../table/listed.ts';
import { type Part, type Refusal, writeTogether } from '../table/transaction.ts';
import { type Change, updateOf } from '../table/update.ts';
import { listCdrsOf, listChargerCdrs, putCdrEntry } from './cdr-entries.ts';
import {
  type CdrPlace,
  cdrFrom,
  heldItem,
  type SealedCdr,
  sealedItem,
  sealFrom,
} from './cdr-item.ts';

/** The last link of a charger's chain. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/** Reads the last link of a charger's chain; undefined before its first CDR. */
export async function readChainHead(
  database: Database,
  chargerKey: string,
): Promise<ChainHead | undefined> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: toItem({
        ':pk': cdrItemKey(chargerKey, 0).pk,
        ':prefix': cdrPrefix,
      }),
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  const item = output.Items?.[0];
  const seal = item && sealFrom(item);
  return seal && { sequence: seal.sequence, hash: seal.hash };
}

/** The session of a CDR as it was when it was read. */
type ReadSession = {
  readonly version: number;
  /** Replaces its running view from now on. */
  readonly closed: ClosedRunningView;
};

const sessionUpdate = (
  database: Database,
  sessionId: string,
  version: number,
  change: Change,
): Part => ({
  item: {
    Update: {
      TableName: database.state,
      Key: keyAttributes(sessionKey(sessionId)),
      ...updateOf({
        ...change,
        set: { ...change.set, version: version + 1 },
        names: ['cdrSequence'],
        values: { expectedVersion: version },
      }),
      ConditionExpression: '#version = :expectedVersion AND attribute_not_exists(#cdrSequence)',
    },
  },
  otherwise: 'changed',
});

const closing = (database: Database, sessionId: string, closed: ClosedRunningView): Part => ({
  item: closeRunningView(database, sessionId, closed),
  otherwise: 'changed',
});

/**
 * Seals a CDR: its place in the chain, the session's result, the end of its running view and of a held CDR, all or
 * nothing. `taken` means that another CDR has the place; `changed` that the session or its running view is not what it
 * was when it was read.
 */
export async function writeSealedCdr(
  database: Database,
  place: CdrPlace,
  cdr: SealedCdr,
  result: SessionResult,
  session: ReadSession & {
    readonly held: boolean;
    /** The operator declared the session void: it moves to the list of those. */
    readonly isVoid?: boolean;
  },
): Promise<'sealed' | Refusal> {
  const { operatorId, sessionId, shard } = place;
  await putCdrEntry(database, place);
  const voided = { state: 'void', listKey: lists.sessions(operatorId, 'void', shard) };
  const written = await writeTogether(database, [
    {
      item: {
        Put: {
          TableName: database.state,
          Item: sealedItem(place, cdr),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      otherwise: 'taken',
    },
    sessionUpdate(database, sessionId, session.version, {
      set: { ...resultAttributes(result), ...(session.isVoid ? voided : {}) },
      remove: [...(session.held ? ['heldHash'] : []), ...absentResultAttributes(result)],
    }),
    closing(database, sessionId, session.closed),
    ...(session.held ? [endOfHeld(database, sessionId)] : []),
  ]);
  return written === 'written' ? 'sealed' : written;
}

const endOfHeld = (database: Database, sessionId: string): Part => ({
  item: { Delete: { TableName: database.state, Key: keyAttributes(heldKey(sessionId)) } },
  otherwise: 'changed',
});

/** The result of a session whose CDR is held, and the SHA-256 of that CDR. */
export type HeldMark = ReadSession & {
  readonly result: SessionResult;
  readonly heldHash: string;
};

/**
 * Keeps a CDR that cannot be sealed in the place of the one that was held before, notes it on its session and ends that
 * one's running view, all or nothing. `changed` means that they are not what they were when they were read.
 */
export async function writeHeldCdr(
  database: Database,
  place: CdrPlace,
  content: string,
  { result, heldHash, version, closed }: HeldMark,
): Promise<'held' | 'changed'> {
  await putCdrEntry(database, place);
  const written = await writeTogether(database, [
    {
      item: { Put: { TableName: database.state, Item: heldItem(place, content) } },
      otherwise: 'changed',
    },
    sessionUpdate(database, place.sessionId, version, {
      set: { ...resultAttributes(result), heldHash },
      remove: absentResultAttributes(result),
    }),
    closing(database, place.sessionId, closed),
  ]);
  return written === 'written' ? 'held' : 'changed';
}

/** Reads a sealed CDR at its place in the chain. `consistent` sees every write that has been answered. */
export async function readSealedCdr(
  database: Database,
  chargerKey: string,
  sequence: number,
  consistent = false,
): Promise<Cdr | undefined> {
  const item = await getItem(database, cdrItemKey(chargerKey, sequence), consistent);
  return item === undefined ? undefined : cdrFrom(item);
}

/** Reads the held CDR of a session. `consistent` sees every write that has been answered. */
export async function readHeldCdr(
  database: Database,
  sessionId: string,
  consistent = false,
): Promise<Cdr | undefined> {
  const item = await getItem(database, heldKey(sessionId), consistent);
  return item === undefined ? undefined : cdrFrom(item);
}

/** Which CDRs of an operator are asked for. */
export type CdrQuery = ListRequest & {
  /** In the order in which a CDR passes through them. */
  readonly states: readonly Cdr['state'][];
  readonly shards: readonly number[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Absent: all of the operator. */
  readonly owner?: ListOwner | undefined;
};

/** Lists an operator's CDRs, the latest end of a session first. */
export async function listCdrs(
  database: Database,
  operatorId: string,
  query: CdrQuery,
): Promise<Listed<Cdr>> {
  const { limit, after, from, to, owner, states, shards } = query;
  const span = { order: 'descending', limit, after, from, to } as const;
  if (owner === undefined) {
    const steps = states.map((state) =>
      shards.map((shard) => lists.cdrs(operatorId, state, shard)),
    );
    return await listThings(database, { ...span, steps }, cdrFrom);
  }
  // Nearly all CDRs of an owner are sealed; the others are in partitions of the operator that are short.
  if (states.includes('sealed')) {
    const isWanted = (cdr: Cdr): boolean => states.includes(cdr.state);
    const { entries, next } =
      owner.kind === 'charger'
        ? await listChargerCdrs(database, { ...span, chargerKey: owner.chargerKey }, isWanted)
        : await listCdrsOf(database, { ...span, ...ownCdrs(operatorId, owner, shards) }, isWanted);
    return { items: entries.map(({ thing }) => thing), next };
  }
  const partitions = (await shardsOfOwner(database, owner, shards)).flatMap((shard) =>
    states.map((state) => ({
      partition: lists.cdrs(operatorId, state, shard),
      filter: ownerFilter('rare-cdr', operatorId, owner, shard),
    })),
  );
  return await listRareThingsOf(database, { ...span, partitions }, cdrFrom);
}

/** The partitions of the CDRs of a location or an account in its index. */
const ownCdrs = (
  operatorId: string,
  owner: Exclude<ListOwner, { readonly kind: 'charger' }>,
  shards: readonly number[],
) => ({
  of: owner.kind,
  partitions:
    owner.kind === 'location'
      ? [atLocation('cdr', operatorId, owner.locationId)]
      : shards.map((shard) => ofAccount('cdr', operatorId, owner.accountId, shard)),
});
