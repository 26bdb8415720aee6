import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Instant, instant, isoInstant } from '../../../core/units/instant.ts';
import type { Span } from '../../../core/uptime/span.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { offlineKey, offlinePrefix, uptimePk } from '../table/keys/monitoring-keys.ts';

/** Keeps that a charger could not be heard from one time to another, ISO 8601 in UTC; to keep it again changes nothing. */
export async function keepOffline(
  database: Database,
  chargerKey: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ ...offlineKey(chargerKey, to), kind: 'OFFLINE', from }),
    }),
  );
}

const timeOf = (iso: string): Instant => instant(BigInt(Date.parse(iso)));

const spanFrom = (item: Item): Span => ({
  from: timeOf(text(item, 'from')),
  to: timeOf(text(item, 'sk').slice(offlinePrefix.length)),
});

/** Items of a page: more than a year of ordinary outages. */
const pageLength = 500;

/** Reads the times within a window in which a charger could not be heard. They follow each other, so that the first that begins later is the last to be read. */
export async function readOffline(
  database: Database,
  chargerKey: string,
  window: Span,
): Promise<readonly Span[]> {
  const spans: Span[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({
          ':pk': uptimePk(chargerKey),
          ':from': `${offlinePrefix}${isoInstant(window.from)}`,
          ':to': `${offlinePrefix}~`,
        }),
        Limit: pageLength,
        ExclusiveStartKey: start,
        ConsistentRead: true,
      }),
    );
    spans.push(...Items.map(spanFrom));
    const last = spans.at(-1);
    start = last !== undefined && last.from >= window.to ? undefined : LastEvaluatedKey;
  } while (start !== undefined);
  return spans;
}
