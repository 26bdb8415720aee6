import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Exclusion } from '../../../core/uptime/exclusion.ts';
import type { Database } from '../table/client.ts';
import { document, type Item, text, toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { exclusionKey, exclusionPrefix, uptimePk } from '../table/keys/monitoring-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';

/** A time that an operator excluded, with its id: places of a list are in the order of their begins. */
export type StoredExclusion = Exclusion & { readonly exclusionId: string };

const exclusionFrom = (item: Item): StoredExclusion => ({
  exclusionId: text(item, 'sk').slice(exclusionPrefix.length),
  ...document<Exclusion>(item, 'exclusion'),
});

/** Keeps a time that is excluded; one of the same id takes its place. */
export async function keepExclusion(
  database: Database,
  chargerKey: string,
  { exclusionId, ...exclusion }: StoredExclusion,
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...exclusionKey(chargerKey, exclusionId),
        kind: 'EXCLUSION',
        exclusion: JSON.stringify(exclusion),
      }),
    }),
  );
}

/** Deletes a time that was excluded. */
export async function deleteExclusion(
  database: Database,
  chargerKey: string,
  exclusionId: string,
): Promise<'deleted' | 'absent'> {
  const { Attributes } = await database.client.send(
    new DeleteItemCommand({
      TableName: database.state,
      Key: keyAttributes(exclusionKey(chargerKey, exclusionId)),
      ReturnValues: 'ALL_OLD',
    }),
  );
  return Attributes === undefined ? 'absent' : 'deleted';
}

/** Lists the times that are excluded of a charger, by their begins. */
export async function listExclusions(
  database: Database,
  chargerKey: string,
  { limit, after }: ListRequest,
): Promise<Listed<StoredExclusion>> {
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': uptimePk(chargerKey),
        ':from': `${exclusionPrefix}${after ?? ''}`,
        ':to': `${exclusionPrefix}~`,
      }),
      ConsistentRead: true,
      // One more tells whether there are more, and one because BETWEEN includes the place of the cursor itself.
      Limit: limit + 2,
    }),
  );
  const found = Items.map(exclusionFrom).filter(({ exclusionId }) => exclusionId !== after);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.exclusionId ?? null) : null };
}
