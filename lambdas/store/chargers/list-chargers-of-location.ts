import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { chargerListingIndex, chargersOfLocation } from '../table/keys/lists.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { entryFrom } from '../table/listing.ts';
import { type Charger, chargerFrom } from './chargers.ts';

/** Lists the chargers of a location by id, in one query whatever other chargers there are; `from` begins with a charger instead of after one. */
export async function listChargersOfLocation(
  database: Database,
  operatorId: string,
  locationId: string,
  { limit, after, from }: ListRequest & { readonly from?: string | undefined },
): Promise<Listed<Charger>> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      IndexName: chargerListingIndex,
      KeyConditionExpression: `chargerListKey = :key AND listSort ${from === undefined ? '>' : '>='} :place`,
      ExpressionAttributeValues: {
        ':key': { S: chargersOfLocation(operatorId, locationId) },
        ':place': { S: from ?? after ?? ' ' },
      },
      // One more tells whether there are more.
      Limit: limit + 1,
    }),
  );
  const found = (output.Items ?? []).map(entryFrom);
  const entries = found.slice(0, limit);
  const items = await getItems(
    database,
    entries.map(({ key }) => key),
  );
  return {
    // One that was deleted, or moved, since its entry was read is left out.
    items: items
      .flatMap((item) => (item === undefined ? [] : [chargerFrom(item)]))
      .filter((charger) => charger.locationId === locationId),
    next: found.length > limit ? (entries.at(-1)?.sort ?? null) : null,
  };
}
