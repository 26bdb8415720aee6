import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CdrVisit } from '../../../core/ocpi/check/visit.ts';
import { visitOfCdr } from '../../../core/ocpi/check/visit-of.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import type { Database } from '../table/client.ts';
import { document, type Item, text, toItem } from '../table/item.ts';
import type { Key } from '../table/keys/key.ts';
import { type ReceivedFrom, receivedId, visitsPk } from '../table/keys/received-keys.ts';
import { deletePart, putPart } from './write-parts.ts';

/** When and where a driver visited a partner's location: where its sessions and CDRs are found. */
export type VisitPlace = {
  readonly contractId: string;
  readonly locationId: string;
  /** ISO 8601 in UTC. */
  readonly startDateTime: string;
};

/** The sessions and CDRs of a driver at a location, the sessions by the partner's ids. */
export type FoundVisits = {
  readonly sessionIds: readonly string[];
  readonly cdrs: readonly CdrVisit[];
};

const week = 7 * 24 * 3_600_000;

/** The last moment of which the text sorts like the others. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const shifted = (time: string, ms: number): string =>
  new Date(Math.min(Date.parse(time) + ms, lastMoment)).toISOString();

/** The visit of a CDR. */
export const placeOfCdr = ({ cdrToken, location, startDateTime }: PartnerCdr): VisitPlace => ({
  contractId: cdrToken.contractId,
  locationId: location.id,
  startDateTime,
});

/** The visit of a session. */
export const placeOfSession = (session: PartnerSession): VisitPlace => ({
  contractId: session.cdrToken.contractId,
  locationId: session.locationId,
  startDateTime: session.startDateTime,
});

const keyOf = (from: ReceivedFrom, place: VisitPlace, id: string): Key => ({
  pk: visitsPk(from, place.contractId, place.locationId),
  sk: `${place.startDateTime}#${id}`,
});

/** The write by which a CDR is found as a visit; it goes into the transaction that keeps it. */
export const cdrVisitPart = (
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
): TransactWriteItem =>
  putPart(
    database,
    toItem({
      ...keyOf(from, placeOfCdr(cdr), receivedId('cdr', from, cdr.id)),
      kind: 'RECEIVEDVISIT',
      cdr: JSON.stringify(visitOfCdr(cdr)),
    }),
  );

/** The writes by which a session is found as a visit; none where it is found as it was. */
export function sessionVisitParts(
  database: Database,
  from: ReceivedFrom,
  before: PartnerSession | undefined,
  session: PartnerSession,
): readonly TransactWriteItem[] {
  const id = receivedId('session', from, session.id);
  const key = keyOf(from, placeOfSession(session), id);
  const old = before && keyOf(from, placeOfSession(before), id);
  if (old?.pk === key.pk && old.sk === key.sk) return [];
  const item = toItem({ ...key, kind: 'RECEIVEDVISIT', sessionId: session.id });
  return [...(old === undefined ? [] : [deletePart(database, old)]), putPart(database, item)];
}

const visitsFrom = (items: readonly Item[]): FoundVisits => ({
  sessionIds: items.flatMap((item) => (item['cdr'] === undefined ? text(item, 'sessionId') : [])),
  cdrs: items.flatMap((item) => (item['cdr'] === undefined ? [] : document<CdrVisit>(item, 'cdr'))),
});

/** Reads what is known of a driver at a location from a week before a visit to a week after its start, with every write that has been answered. */
export async function readVisits(
  database: Database,
  from: ReceivedFrom,
  place: VisitPlace,
): Promise<FoundVisits> {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': { S: visitsPk(from, place.contractId, place.locationId) },
          ':from': { S: shifted(place.startDateTime, -week) },
          ':to': { S: `${shifted(place.startDateTime, week)}#\uffff` },
        },
        ConsistentRead: true,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    items.push(...(output.Items ?? []));
    ExclusiveStartKey = output.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return visitsFrom(items);
}
