import { createHash } from 'node:crypto';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { pushedIdentity } from '../../core/push/pushed-identity.ts';
import { type PushedRecord, pushedText } from '../../core/push/pushed-record.ts';
import { pushedSession } from '../../core/push/pushed-session.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { keepReading } from '../store/readings/readings.ts';
import { insertSession, readSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { Pusher } from './pusher.ts';

/** How many of a request's sessions were new, and how many known. */
export type PushOutcome = { readonly accepted: number; readonly duplicates: number };

/** When sessions were pushed, ISO 8601 in UTC, and for how many days their records are kept. */
export type PushMoment = { readonly receivedAt: string; readonly retentionDays: number };

/** Sessions that are written at once: the client of the database has connections for as many. */
const atOnce = 25;

/**
 * Stores pushed sessions, each once: within this request, after earlier ones, and while others push the same. What makes a
 * session is its content, so that whoever pushes it again, or goes on after a failure, finds it.
 */
export async function pushSessions(
  database: Database,
  pusher: Pusher,
  records: readonly PushedRecord[],
  moment: PushMoment,
): Promise<PushOutcome> {
  const { operatorId } = pusher.facts;
  const distinct = new Map(
    records.map((record) => [pushedIdentity(operatorId, record).sessionId, record]),
  );
  // The usual repetition is of a whole request: one read instead of two writes for each of its sessions.
  const known = await readSessions(database, [...distinct.keys()]);
  for (const { session } of known) distinct.delete(session.sessionId);
  const fresh = [...distinct.values()];
  let accepted = 0;
  for (let from = 0; from < fresh.length; from += atOnce) {
    const batch = fresh.slice(from, from + atOnce);
    const kept = await Promise.all(
      batch.map((record) => keepPushed(database, pusher, record, moment)),
    );
    accepted += kept.filter((one) => one === 'accepted').length;
  }
  return { accepted, duplicates: records.length - accepted };
}

/** Keeps the record first: whoever sees the session finds its evidence. */
async function keepPushed(
  database: Database,
  { facts, shardOf, locationId }: Pusher,
  record: PushedRecord,
  { receivedAt, retentionDays }: PushMoment,
): Promise<'accepted' | 'duplicate'> {
  const session = pushedSession(facts, record, receivedAt);
  const { operatorId, chargerId, evseId, connectorId, protocol, sessionId, transactionId } =
    session;
  const { endedAt: at } = pushedIdentity(operatorId, record);
  const evidence = {
    kind: 'pushed',
    operatorId,
    chargerId,
    chargerKey: chargerKey(operatorId, chargerId),
    evseId,
    connectorId,
    sessionId,
    protocol,
    receivedAt,
    at,
    raw: pushedText(record),
  } as const;
  await keepReading(database, evidence, contentHash(transactionId), retentionDays);
  const write = await insertSession(
    database,
    session,
    omitUndefined({ shard: shardOf(sessionId), locationId }),
  );
  return write.kind === 'written' ? 'accepted' : 'duplicate';
}

/** Of the content that makes the session and not of its text: a time can be written in several ways. */
const contentHash = (content: string): string =>
  createHash('sha256').update(content, 'utf8').digest('hex').slice(0, 12);
