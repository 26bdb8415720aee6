import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { type StoredSession, storedSessionFrom } from '../sessions/session-item.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { cdrItemKey, chargerCdrKey } from '../table/keys/cdr-keys.ts';
import type { Key } from '../table/keys/key.ts';
import { heldKey, sessionKey } from '../table/keys/session-keys.ts';
import { ownerEntries } from '../table/list-owner.ts';
import { bounds, type Span } from '../table/listing.ts';
import {
  type Entries,
  fillPage,
  listOwn,
  type OwnSpan,
  type Placed,
} from '../table/owner-listing.ts';
import { type CdrPlace, cdrFrom } from './cdr-item.ts';

/**
 * Puts the entry of a CDR into the lists of its charger, location and account. It comes before the CDR itself, so that no CDR is
 * without one, and says nothing but where in the list the CDR is: written again it is the same, and one whose CDR was never written
 * is passed over.
 */
export async function putCdrEntry(database: Database, place: CdrPlace): Promise<void> {
  const { chargerKey, endedAt, cdrId, sessionId } = place;
  const key = chargerCdrKey(chargerKey, endedAt, cdrId);
  const owners = ownerEntries('cdr', place);
  const isListed = Object.values(owners).some((one) => one !== undefined);
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...key,
        kind: 'CDRENTRY',
        sessionId,
        ...owners,
        ...(isListed ? { listSort: key.sk } : {}),
      }),
    }),
  );
}

type Entry = { readonly sort: string; readonly sessionId: string; readonly chargerKey: string };

const cdrIdIn = (sort: string): string => sort.slice(sort.indexOf('#') + 1);

/** Where the CDR of an entry can be: its session knows the one in force, and the places of those that were credited. */
function placesOf({ chargerKey, sort }: Entry, stored: StoredSession | undefined): readonly Key[] {
  if (stored === undefined) return [];
  const { result, creditedSequences = [], creditSequence, session } = stored;
  if (result?.cdrId === cdrIdIn(sort)) {
    return result.cdrSequence === undefined
      ? [heldKey(session.sessionId)]
      : [cdrItemKey(chargerKey, result.cdrSequence)];
  }
  // A credit stands just before the CDR that follows it, if one does.
  return [
    ...[...creditedSequences, result?.cdrSequence ?? 0].flatMap((one) => [one, one - 1]),
    creditSequence ?? 0,
  ]
    .filter((sequence) => sequence > 0)
    .map((sequence) => cdrItemKey(chargerKey, sequence));
}

/** The items at the places of entries, by where they are in the list; `absent` are the entries of which nothing was found. */
async function itemsOf(
  database: Database,
  entries: readonly Entry[],
  consistent: boolean,
): Promise<{ readonly items: ReadonlyMap<string, Item>; readonly absent: readonly Entry[] }> {
  const keys = entries.map(({ sessionId }) => sessionKey(sessionId));
  const sessions = await getItems(database, keys, consistent);
  const places = entries.map((entry, index) => {
    const session = sessions[index];
    return placesOf(entry, session && storedSessionFrom(session));
  });
  const found = await getItems(database, places.flat(), consistent);
  const items = new Map<string, Item>();
  for (const item of found) if (item !== undefined) items.set(text(item, 'listSort'), item);
  const isThere = new Set(found.flatMap((item) => (item === undefined ? [] : [keyText(item)])));
  const absent = entries.filter((_, index) => {
    const own = places[index] ?? [];
    return own.length > 0 && !own.some(({ pk, sk }) => isThere.has(`${pk} ${sk}`));
  });
  return { items, absent };
}

const keyText = (item: Item): string => `${text(item, 'pk')} ${text(item, 'sk')}`;

/**
 * The CDRs of entries, in their order. One that has moved in its list since has another entry there; one that is not where its
 * session said was sealed or released since, and is looked for once more with reads that see every write.
 */
async function cdrsOf(
  database: Database,
  entries: readonly Entry[],
): Promise<readonly Placed<Cdr>[]> {
  const { items, absent } = await itemsOf(database, entries, false);
  const since =
    absent.length === 0 ? new Map<string, Item>() : (await itemsOf(database, absent, true)).items;
  return entries.flatMap(({ sort }) => {
    const item = items.get(sort) ?? since.get(sort);
    return item === undefined ? [] : [{ sort, thing: cdrFrom(item) }];
  });
}

/** Lists the CDRs of a charger that are wanted, from a partition of their own. */
export async function listChargerCdrs(
  database: Database,
  { chargerKey, ...span }: Span & { readonly chargerKey: string },
  isWanted: (cdr: Cdr) => boolean,
): Promise<Entries<Placed<Cdr>>> {
  const { from, to } = bounds(span);
  if (from > to) return { entries: [], next: null };
  return await fillPage<Placed<Cdr>>(
    span,
    async (Limit, lastKey) => {
      const output = await database.client.send(
        new QueryCommand({
          TableName: database.state,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: toItem({
            ':pk': chargerCdrKey(chargerKey, '', '').pk,
            ':from': from,
            ':to': to,
          }),
          ScanIndexForward: span.order === 'ascending',
          Limit,
          ...(lastKey === undefined ? {} : { ExclusiveStartKey: lastKey }),
        }),
      );
      const entries = (output.Items ?? [])
        .map((item) => ({
          sort: text(item, 'sk'),
          sessionId: text(item, 'sessionId'),
          chargerKey,
        }))
        .filter(({ sort }) => sort !== span.after);
      const cdrs = await cdrsOf(database, entries);
      return {
        entries: cdrs.filter(({ thing }) => isWanted(thing)),
        lastKey: output.LastEvaluatedKey,
      };
    },
    ({ sort }) => sort,
    (key) => text(key, 'sk'),
  );
}

/** Lists the CDRs of a location or an account that are wanted, from the partitions of its index. */
export const listCdrsOf = async (
  database: Database,
  span: OwnSpan,
  isWanted: (cdr: Cdr) => boolean,
): Promise<Entries<Placed<Cdr>>> =>
  await listOwn(
    database,
    span,
    async (entries) => {
      const named = entries.flatMap(({ sort, key }) => {
        const sessionId = readCdrId(cdrIdIn(sort))?.sessionId;
        const chargerKey = key.pk.slice(chargerCdrKey('', '', '').pk.length);
        return sessionId === undefined ? [] : [{ sort, sessionId, chargerKey }];
      });
      return await cdrsOf(database, named);
    },
    isWanted,
  );
