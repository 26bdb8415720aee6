import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { cellsAround, distanceKm, type Point } from '../../../core/ocpi/received/area.ts';
import type { Database } from '../table/client.ts';
import { type Item, number, text } from '../table/item.ts';
import { receivedTermPk } from '../table/keys/received-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import type { HeldLocation } from './held-location.ts';
import {
  type FoundLocation,
  isWanted,
  type LocationEntry,
  type LocationSearch,
  locationsOf,
} from './location-search.ts';

async function cellEntries(
  database: Database,
  pk: string,
  around: Point & { readonly km: number },
): Promise<readonly LocationEntry[]> {
  const entries: LocationEntry[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    for (const item of output.Items ?? []) {
      const point = { latitude: number(item, 'latitude'), longitude: number(item, 'longitude') };
      const km = distanceKm(around, point);
      const id = text(item, 'sk');
      // Metres, with leading zeros: nearest first.
      const sort = `${String(Math.round(km * 1_000)).padStart(8, '0')}#${id}`;
      if (km <= around.km) entries.push({ sort, id, km });
    }
    ExclusiveStartKey = output.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return entries;
}

/** Locations looked at for one page, of which filters may leave few. */
const mostLookedAt = 500;

type Around = LocationSearch & { readonly around: Point & { readonly km: number } };

/** Reads entries until there are more than so many that are wanted. */
async function wantedOf(
  database: Database,
  operatorId: string,
  search: Around,
  entries: readonly LocationEntry[],
  limit: number,
) {
  const wanted: (LocationEntry & { readonly location: HeldLocation })[] = [];
  for (let from = 0; from < entries.length && wanted.length <= limit; from += 100) {
    const some = await locationsOf(database, operatorId, entries.slice(from, from + 100));
    wanted.push(...some.filter(({ location }) => isWanted(location, search)));
  }
  return wanted;
}

/** Lists the locations of partners around a point, the nearest first: reads an entry for each location of the cells that it touches. */
export async function listAround(
  database: Database,
  operatorId: string,
  search: Around,
  { limit, after = '' }: ListRequest,
): Promise<Listed<FoundLocation>> {
  const { around } = search;
  const cells = await Promise.all(
    cellsAround(around, around.km).map((cell) =>
      cellEntries(database, receivedTermPk(operatorId, 'CELL', cell), around),
    ),
  );
  const entries = cells
    .flat()
    .filter(({ sort }) => sort > after)
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
  const lookedAt = entries.slice(0, mostLookedAt);
  const wanted = await wantedOf(database, operatorId, search, lookedAt, limit);
  const shown = wanted.slice(0, limit);
  const items = shown.map(({ location, km }) => ({
    ...location,
    ...(km === undefined ? {} : { km }),
  }));
  const goesOn = wanted.length > limit ? shown : entries.length > mostLookedAt ? lookedAt : [];
  return { items, next: goesOn.at(-1)?.sort ?? null };
}
