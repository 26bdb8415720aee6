import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { fromKeptText, toKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { type Item, number, text, toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { listingIndex } from '../table/keys/lists.ts';
import {
  type PublicationList,
  publicationCountKey,
  publicationKey,
  publicationPlaceKey,
  publicationShard,
  publicationShards,
} from '../table/keys/partner-keys.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';
import { transact } from '../table/transact.ts';
import { updateOf } from '../table/update.ts';

/** An object as partners see it, at its place in its list. */
export type Publication<T> = {
  /** Counts from 1 in the order in which partners first saw the objects. */
  readonly position: number;
  readonly objectId: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly lastUpdated: string;
  readonly object: T;
  /** Counts up with every change. */
  readonly revision: number;
};

/** An object as it is to be seen. */
export type Published<T> = Pick<Publication<T>, 'objectId' | 'lastUpdated' | 'object'>;

/** The dictionary that objects are packed with. */
const dictionary = 2;

const itemOf = <T>(
  list: PublicationList,
  { position, objectId, lastUpdated, object, revision }: Publication<T>,
): Item => ({
  ...toItem({
    ...publicationKey(list, position),
    kind: 'PUBLICATION',
    position,
    objectId,
    lastUpdated,
    revision,
    listKey: publicationShard(list, position),
    listSort: `${lastUpdated}#${String(position).padStart(10, '0')}`,
  }),
  object: packedText(toKeptText(object as object), dictionary),
});

const publicationFrom = <T>(item: Item): Publication<T> => ({
  position: number(item, 'position'),
  objectId: text(item, 'objectId'),
  lastUpdated: text(item, 'lastUpdated'),
  object: fromKeptText(unpackedText(item, 'object')) as T,
  revision: number(item, 'revision'),
});

/** Reads an object of a list by its id; undefined where partners never saw one. */
export async function readPublication<T>(
  database: Database,
  list: PublicationList,
  objectId: string,
): Promise<Publication<T> | undefined> {
  const place = await getItem(database, publicationPlaceKey(list, objectId), true);
  if (place === undefined) return undefined;
  const item = await getItem(database, publicationKey(list, number(place, 'position')), true);
  return item === undefined ? undefined : publicationFrom<T>(item);
}

/** Says whether partners ever saw an object of a list. */
export const isPublished = async (
  database: Database,
  list: PublicationList,
  objectId: string,
): Promise<boolean> => (await getItem(database, publicationPlaceKey(list, objectId))) !== undefined;

async function countOf(
  database: Database,
  list: PublicationList,
  consistent: boolean,
): Promise<number> {
  const item = await getItem(database, publicationCountKey(list), consistent);
  return item === undefined ? 0 : number(item, 'count');
}

async function append<T>(
  database: Database,
  list: PublicationList,
  object: Published<T>,
): Promise<'written' | 'changed'> {
  const TableName = database.state;
  const count = await countOf(database, list, true);
  const position = count + 1;
  const isNew = 'attribute_not_exists(pk)';
  const held = await transact(database, [
    {
      Update: {
        TableName,
        Key: keyAttributes(publicationCountKey(list)),
        ...updateOf({
          set: { kind: 'PUBLICATIONS', count: position },
          ...(count === 0 ? {} : { values: { asRead: count } }),
        }),
        ConditionExpression: count === 0 ? isNew : '#count = :asRead',
      },
    },
    {
      Put: {
        TableName,
        Item: toItem({
          ...publicationPlaceKey(list, object.objectId),
          kind: 'PUBLICATIONPLACE',
          position,
        }),
        ConditionExpression: isNew,
      },
    },
    {
      Put: {
        TableName,
        Item: itemOf(list, { ...object, position, revision: 1 }),
        ConditionExpression: isNew,
      },
    },
  ]);
  return held.every(Boolean) ? 'written' : 'changed';
}

/**
 * Keeps an object as partners see it from now on: at its place, or as the last of its list where it is new. `changed` where it is
 * not what it was when it was read, or another one became the last at this moment.
 */
export async function writePublication<T>(
  database: Database,
  list: PublicationList,
  before: Publication<T> | undefined,
  object: Published<T>,
): Promise<'written' | 'changed'> {
  if (before === undefined) return await append(database, list, object);
  const { position, revision } = before;
  const held = await transact(database, [
    {
      Put: {
        TableName: database.state,
        Item: itemOf(list, { ...object, position, revision: revision + 1 }),
        ConditionExpression: '#revision = :asRead',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':asRead': { N: String(revision) } },
      },
    },
  ]);
  return held.every(Boolean) ? 'written' : 'changed';
}

/** The page of a list that is asked for; times are ISO 8601 in UTC with milliseconds, `from` included and `to` not. */
export type PublicationSpan = {
  readonly offset: number;
  readonly limit: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** A page of a list, and how many objects it has for the dates asked for. */
export type PublicationPage<T> = {
  readonly total: number;
  readonly objects: readonly Publication<T>[];
};

const lowest = ' ';
const highest = '\uffff';

/** The places of the objects of a shard that changed last between two times. */
async function placesIn(
  database: Database,
  partition: string,
  { from = lowest, to = highest }: PublicationSpan,
): Promise<readonly number[]> {
  const places: number[] = [];
  if (from >= to) return places;
  let ExclusiveStartKey: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        IndexName: listingIndex,
        // A place follows its time, so that objects of the very end are after it.
        KeyConditionExpression: 'listKey = :key AND listSort BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':key': { S: partition },
          ':from': { S: from },
          ':to': { S: to },
        },
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    for (const item of output.Items ?? []) places.push(Number(text(item, 'sk')));
    ExclusiveStartKey = output.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return places;
}

async function placesOf(
  database: Database,
  list: PublicationList,
  span: PublicationSpan,
  count: number,
): Promise<{ readonly total: number; readonly places: readonly number[] }> {
  const { offset, limit, from, to } = span;
  if (from === undefined && to === undefined) {
    const length = Math.max(0, Math.min(limit, count - offset));
    return { total: count, places: Array.from({ length }, (_none, at) => offset + at + 1) };
  }
  const found: number[] = [];
  for (const shard of publicationShards(list, count)) {
    found.push(...(await placesIn(database, shard, span)));
  }
  found.sort((a, b) => a - b);
  return { total: found.length, places: found.slice(offset, offset + limit) };
}

async function objectsAt<T>(
  database: Database,
  list: PublicationList,
  places: readonly number[],
): Promise<readonly Publication<T>[]> {
  const items = await getItems(
    database,
    places.map((position) => publicationKey(list, position)),
  );
  return items.flatMap((item) => (item === undefined ? [] : [publicationFrom<T>(item)]));
}

/**
 * Reads a page of a list in the order in which partners first saw its objects. Without dates it costs the same at any offset: the
 * places are counted, not walked. With dates it also reads a short entry for each object that fits them.
 */
export async function readPublications<T>(
  database: Database,
  list: PublicationList,
  span: PublicationSpan,
): Promise<PublicationPage<T>> {
  const count = await countOf(database, list, false);
  const { total, places } = await placesOf(database, list, span, count);
  return { total, objects: await objectsAt<T>(database, list, places) };
}

/** Reads the objects of a list that changed last at a time (ISO 8601 in UTC with milliseconds) or later, so many at once; where they are is looked up once for all. */
export async function* publicationsSince<T>(
  database: Database,
  list: PublicationList,
  from: string,
  atOnce: number,
): AsyncGenerator<readonly Publication<T>[]> {
  const count = await countOf(database, list, false);
  const { places } = await placesOf(database, list, { offset: 0, limit: Infinity, from }, count);
  for (let first = 0; first < places.length; first += atOnce) {
    yield await objectsAt<T>(database, list, places.slice(first, first + atOnce));
  }
}
