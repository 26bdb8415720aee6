import {
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Cdr, CdrContent, CdrSeal } from '../../core/cdr/cdr.ts';
import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import type { Database } from './client.ts';
import { getItem } from './get-item.ts';
import { type Item, number, optionalMap, optionalText, present, text, toItem } from './item.ts';
import { cdrKey, cdrPrefix, heldKey, keyAttributes, lists, sessionKey } from './keys.ts';
import { type Listed, type ListRequest, listThings, listWanted } from './listed.ts';
import { packedText, unpackedText } from './packed-text.ts';
import { resultAttributes, type SessionResult } from './session-item.ts';
import { updateOf } from './update.ts';

/** A sealed CDR as it is kept: its content as canonical JSON, byte for byte what was hashed. */
export type SealedCdr = { readonly content: string; readonly seal: CdrSeal };

/** The last link of a charger's chain. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

const sealFrom = (item: Item): CdrSeal =>
  present<CdrSeal>({
    sequence: number(item, 'sequence'),
    previousHash: text(item, 'previousHash'),
    hash: text(item, 'hash'),
    signature: text(item, 'signature'),
    keyId: text(item, 'keyId'),
    publicKey: optionalText(item, 'publicKey'),
  });

// What is sealed never changes, and this store alone writes it.
const contentFrom = (item: Item): CdrContent =>
  JSON.parse(unpackedText(item, 'content')) as CdrContent;

/** Reads a CDR, sealed or held, from its item. */
function cdrFrom(item: Item): Cdr {
  const content = contentFrom(item);
  const seal = optionalMap(item, 'seal');
  return seal === undefined
    ? { ...content, state: 'held', seal: null }
    : { ...content, state: 'sealed', seal: sealFrom(seal) };
}

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
        ':pk': cdrKey(chargerKey, 0).pk,
        ':prefix': cdrPrefix,
      }),
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  const seal = output.Items?.[0]?.['seal']?.M;
  return seal === undefined
    ? undefined
    : { sequence: number(seal, 'sequence'), hash: text(seal, 'hash') };
}

/** Where a CDR belongs, and by what it is listed. */
export type CdrPlace = {
  readonly operatorId: string;
  readonly sessionId: string;
  readonly chargerKey: string;
  readonly shard: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly endedAt: string;
  readonly cdrId: string;
};

const listed = (place: CdrPlace, state: 'sealed' | 'held') => ({
  listKey: lists.cdrs(place.operatorId, state, place.shard),
  listSort: `${place.endedAt}#${place.cdrId}`,
});

const sealedItem = (place: CdrPlace, cdr: SealedCdr): Item => ({
  ...toItem({
    ...cdrKey(place.chargerKey, cdr.seal.sequence),
    kind: 'CDR',
    sessionId: place.sessionId,
    seal: { ...cdr.seal },
    ...listed(place, 'sealed'),
  }),
  content: packedText(cdr.content),
});

/**
 * Seals a CDR: its place in the chain, the session's result and the end of a held one, all or nothing.
 * `taken` means that another CDR has the place; `changed` that the session is not what it was when it was read.
 */
export async function writeSealedCdr(
  database: Database,
  place: CdrPlace,
  cdr: SealedCdr,
  result: SessionResult,
  session: {
    readonly version: number;
    readonly held: boolean;
    /** The operator declared the session void: it moves to the list of those. */
    readonly isVoid?: boolean;
    /** What is kept of the readings that it rests on. */
    readonly counted?: string | undefined;
  },
): Promise<'sealed' | 'taken' | 'changed'> {
  const change = updateOf({
    set: {
      ...resultAttributes(result),
      counted: session.counted,
      version: session.version + 1,
      ...(session.isVoid
        ? { state: 'void', listKey: lists.sessions(place.operatorId, 'void', place.shard) }
        : {}),
    },
    remove: [
      ...(session.held ? ['heldHash'] : []),
      ...(result.cdrAnomalies.length === 0 ? ['cdrAnomalies'] : []),
    ],
    values: { expectedVersion: session.version },
  });
  const items: TransactWriteItem[] = [
    {
      Put: {
        TableName: database.state,
        Item: sealedItem(place, cdr),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: database.state,
        Key: keyAttributes(sessionKey(place.sessionId)),
        ...change,
        ConditionExpression: '#version = :expectedVersion AND attribute_not_exists(#cdrSequence)',
      },
    },
  ];
  if (session.held) {
    items.push({
      Delete: { TableName: database.state, Key: keyAttributes(heldKey(place.sessionId)) },
    });
  }
  try {
    await database.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return 'sealed';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    return refusal(reasons, error);
  }
}

function refusal(reasons: readonly (string | undefined)[], error: Error): 'taken' | 'changed' {
  if (reasons[1] === 'ConditionalCheckFailed') return 'changed';
  if (reasons[0] === 'ConditionalCheckFailed') return 'taken';
  // Somebody else writes the same items at this moment: whoever comes second looks again.
  if (reasons.includes('TransactionConflict')) return 'taken';
  throw error;
}

/** What a session came to while its CDR is held, and the SHA-256 of that CDR. */
export type HeldMark = {
  readonly result: SessionResult;
  readonly heldHash: string;
  /** The session as it was when it was read. */
  readonly version: number;
};

/**
 * Keeps a CDR that cannot be sealed in the place of the one that was held before, and notes it on its session, all or
 * nothing. `changed` means that the session is not what it was when it was read.
 */
export async function writeHeldCdr(
  database: Database,
  place: CdrPlace,
  content: string,
  { result, heldHash, version }: HeldMark,
): Promise<'held' | 'changed'> {
  const item = {
    ...toItem({
      ...heldKey(place.sessionId),
      kind: 'HELD',
      sessionId: place.sessionId,
      ...listed(place, 'held'),
    }),
    content: packedText(content),
  };
  const change = updateOf({
    set: { ...resultAttributes(result), heldHash, version: version + 1 },
    // What was noticed before may have settled itself.
    remove: result.cdrAnomalies.length === 0 ? ['cdrAnomalies'] : [],
    names: ['cdrSequence'],
    values: { expectedVersion: version },
  });
  const update = {
    TableName: database.state,
    Key: keyAttributes(sessionKey(place.sessionId)),
    ...change,
    ConditionExpression: '#version = :expectedVersion AND attribute_not_exists(#cdrSequence)',
  };
  const items = [{ Put: { TableName: database.state, Item: item } }, { Update: update }];
  try {
    await database.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return 'held';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    refusal(reasons, error);
    return 'changed';
  }
}

/** Reads a sealed CDR at its place in the chain. */
export async function readSealedCdr(
  database: Database,
  chargerKey: string,
  sequence: number,
): Promise<Cdr | undefined> {
  const item = await getItem(database, cdrKey(chargerKey, sequence));
  return item === undefined ? undefined : cdrFrom(item);
}

/** Reads the held CDR of a session. */
export async function readHeldCdr(database: Database, sessionId: string): Promise<Cdr | undefined> {
  const item = await getItem(database, heldKey(sessionId));
  return item === undefined ? undefined : cdrFrom(item);
}

/** Which CDRs of an operator are asked for. */
export type CdrQuery = ListRequest & {
  readonly states: readonly ('sealed' | 'held')[];
  readonly shards: readonly number[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly chargerKey?: string | undefined;
};

/** Lists an operator's CDRs, the latest end of a session first. */
export async function listCdrs(
  database: Database,
  operatorId: string,
  query: CdrQuery,
): Promise<Listed<Cdr>> {
  const { limit, after, from, to, chargerKey } = query;
  const partitions = query.states.flatMap((state) =>
    query.shards.map((shard) => lists.cdrs(operatorId, state, shard)),
  );
  const listing = { partitions, order: 'descending', limit, after, from, to } as const;
  return chargerKey === undefined
    ? await listThings(database, listing, cdrFrom)
    : await listWanted(
        database,
        listing,
        cdrFrom,
        (cdr) => chargerKeyOf(cdr.chargerId) === chargerKey,
      );
}
