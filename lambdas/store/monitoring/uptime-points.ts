import { PutItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { type Instant, instant } from '../../../core/units/instant.ts';
import { type ReportedState, reportedStateFrom } from '../../../core/uptime/reported-state.ts';
import type { UptimePoint } from '../../../core/uptime/state-intervals.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { pointKey, pointPrefix, uptimePk } from '../table/keys/monitoring-keys.ts';

/** Keeps that a connector was in a state from a time on, ISO 8601 in UTC; to keep it again changes nothing. */
export async function keepPoint(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  point: { readonly at: string; readonly state: ReportedState },
): Promise<void> {
  const key = pointKey(chargerKey, connector, point.at, point.state);
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ ...key, kind: 'UPTIMEPOINT' }),
    }),
  );
}

/** The point that a sort key says. */
function pointFrom(item: Item): readonly UptimePoint[] {
  const [, , , at = '', word] = text(item, 'sk').split('#');
  const state = reportedStateFrom(word);
  return state === undefined ? [] : [{ at: instant(BigInt(Date.parse(at))), state }];
}

type Range = { readonly from: string; readonly to: string };

/** Reads points of a connector between two sort keys. */
async function query(
  database: Database,
  chargerKey: string,
  { from, to }: Range,
  options: Pick<QueryCommandInput, 'ScanIndexForward' | 'Limit' | 'ExclusiveStartKey'>,
): Promise<{ readonly points: readonly UptimePoint[]; readonly next: Item | undefined }> {
  const { Items = [], LastEvaluatedKey } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': uptimePk(chargerKey), ':from': from, ':to': to }),
      ConsistentRead: true,
      ...options,
    }),
  );
  return { points: Items.flatMap(pointFrom), next: LastEvaluatedKey };
}

/** Points at one instant: one for each state at most. */
const mostAtOnce = 3;

/** Reads the points at the last instant up to a time (ISO 8601 in UTC, included) that has one. */
export async function readPointsUpTo(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  at: string,
): Promise<readonly UptimePoint[]> {
  const prefix = pointPrefix(connector);
  const range = { from: prefix, to: `${prefix}${at}#~` };
  const options = { ScanIndexForward: false, Limit: mostAtOnce };
  const { points } = await query(database, chargerKey, range, options);
  return points.filter((point) => point.at === points[0]?.at);
}

/** Reads the points that say a connector's states within a window: those in it, and the last before it. */
export async function readPoints(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  window: { readonly from: Instant; readonly to: Instant },
): Promise<readonly UptimePoint[]> {
  const prefix = pointPrefix(connector);
  const [begin, end] = [iso(window.from), iso(window.to)];
  const points = [...(await readPointsUpTo(database, chargerKey, connector, begin))];
  let start: Item | undefined;
  do {
    const range = { from: `${prefix}${begin}#~`, to: `${prefix}${end}` };
    const page = await query(database, chargerKey, range, { ExclusiveStartKey: start });
    points.push(...page.points);
    start = page.next;
  } while (start !== undefined);
  return points;
}

const iso = (at: Instant): string => new Date(Number(at)).toISOString();
