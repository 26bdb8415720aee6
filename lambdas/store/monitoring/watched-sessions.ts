import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { text, toItem } from '../table/item.ts';
import { type WatchedList, watchedPk } from '../table/keys/monitoring-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { bounds } from '../table/listing.ts';

/** A session on a list, by when it ended, ISO 8601 in UTC. */
export type Watched = { readonly sessionId: string; readonly endedAt: string };

const listPosition = ({ endedAt, sessionId }: Watched): string => `${endedAt}#${sessionId}`;

/** Enters a session in a list of the month (UTC) in which it ended; to enter it again changes nothing. */
export async function enterWatched(
  database: Database,
  operatorId: string,
  list: WatchedList,
  watched: Watched,
): Promise<void> {
  const pk = watchedPk(operatorId, list, watched.endedAt.slice(0, 7));
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ pk, sk: listPosition(watched), kind: 'WATCHED' }),
    }),
  );
}

/** Lists the sessions of a month, the latest first. */
export async function listWatched(
  database: Database,
  operatorId: string,
  list: WatchedList,
  month: string,
  { limit, after }: ListRequest,
): Promise<Listed<Watched>> {
  const { from, to } = bounds({ order: 'descending', limit, after });
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': watchedPk(operatorId, list, month),
        ':from': from,
        ':to': to,
      }),
      ScanIndexForward: false,
      // One more tells whether there are more, and one because BETWEEN includes the place of the cursor itself.
      Limit: limit + 2,
    }),
  );
  const places = Items.map((item) => text(item, 'sk')).filter((place) => place !== after);
  const shown = places.slice(0, limit);
  return {
    items: shown.map((place) => {
      const end = place.indexOf('#');
      return { endedAt: place.slice(0, end), sessionId: place.slice(end + 1) };
    }),
    next: places.length > limit ? (shown.at(-1) ?? null) : null,
  };
}
