import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ClientInfo } from '../../../core/ocpi/model/client-info.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, text, toItem } from '../table/item.ts';
import { hubClientKey, hubClientsPk } from '../table/keys/received-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { hubClientFrom } from './hub-client-item.ts';
import { ifAsRead } from './write-parts.ts';

/** The statements of a hub about a party, one for each of its roles; none where it says nothing. */
export type KeptClients = {
  readonly clients: readonly ClientInfo[];
  /** Counts up with every change; absent before the first. */
  readonly revision?: number;
};

const clientsFrom = (item: Item): readonly ClientInfo[] => hubClientFrom(item).clients;

/** Reads what a hub says about a party. */
export async function readHubClients(
  database: Database,
  operatorId: string,
  partnerId: string,
  party: Party,
): Promise<KeptClients> {
  const item = await getItem(database, hubClientKey(operatorId, partnerId, party), true);
  return item === undefined
    ? { clients: [] }
    : { clients: clientsFrom(item), revision: number(item, 'revision') };
}

/** Keeps what a hub says about a party, if nobody changed it since it was read. */
export async function writeHubClients(
  database: Database,
  operatorId: string,
  partnerId: string,
  { clients, revision }: KeptClients,
): Promise<'written' | 'changed'> {
  const [party] = clients;
  if (party === undefined) return 'written';
  const Item = toItem({
    ...hubClientKey(operatorId, partnerId, party),
    kind: 'HUBCLIENT',
    clients: JSON.stringify(clients),
    revision: (revision ?? 0) + 1,
  });
  return (await putWith(database, { Item, ...ifAsRead(revision) }, [])) ? 'written' : 'changed';
}

/** Lists what a hub says about the parties behind it, a list for each party, by country and party. */
export async function listHubClients(
  database: Database,
  operatorId: string,
  partnerId: string,
  { limit, after }: ListRequest,
): Promise<Listed<readonly ClientInfo[]>> {
  const pk = hubClientsPk(operatorId, partnerId);
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
      Limit: limit + 1,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: { S: pk }, sk: { S: after } } }),
    }),
  );
  const found = output.Items ?? [];
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasMore = found.length > limit || output.LastEvaluatedKey !== undefined;
  return {
    items: items.map(clientsFrom),
    next: hasMore && last !== undefined ? text(last, 'sk') : null,
  };
}
