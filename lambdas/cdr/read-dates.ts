import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/compute/session-facts.ts';
import { isTimed, pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { longestKept } from '../../core/metering/points/read-timestamp.ts';
import type { Session } from '../../core/session/session.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { readBoot } from '../store/chargers/boots.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { readConnector } from '../store/chargers/connectors.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { connectedBefore } from './connected-before.ts';

const minute = 60_000;

/** Messages that are later than this, in ms, waited for a connection, or their clock is wrong: an hour. */
const late = 60 * minute;

/** So late, in ms, nothing comes from a charger that is connected: half an hour, which it may take to notice and to send what it kept. */
const lateThoughConnected = 30 * minute;

/** How far a register, in Wh, may have gone on between two sessions that follow each other: 10 Wh back, sessions of 100 kWh on. */
const jitter = 10;
const between = 100_000;

/** When a session ended, where the one that follows it is dated before that. */
export function endIfLater(previous: Session, { start }: Session): { readonly endedAt?: string } {
  const { stop, timeZone } = previous;
  if (stop === undefined || start === undefined || !isTimed(stop.endedAt)) return {};
  const endedAt = pastTimeOf(stop.endedAt, Date.parse(stop.receivedAt), timeZone);
  return pastTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone) < endedAt
    ? { endedAt }
    : {};
}

/** How late a time of the charger was heard, in ms; 0 for one ahead of ours. */
const lagOf = (time: string, receivedAt: string, timeZone: string): number => {
  const received = Date.parse(receivedAt);
  return received - Date.parse(pastTimeOf(time, received, timeZone));
};

/** Facts about the dates of a session, each as in CdrBasis. */
type Dates = Pick<
  CdrBasis,
  'chargerCommissionedAt' | 'chargerRegisteredAt' | 'chargerBootedAt' | 'chargerConnectedAt'
>;

/** A start that came late, before a stop that did not, or as late as that: the charger was away before it came, or its clock was wrong. */
async function datesOfLateStart(
  database: Database,
  { session: { start, stop, timeZone }, chargerKey }: StoredSession,
  previous: Session | undefined,
): Promise<Dates> {
  if (start === undefined || stop === undefined || !isTimed(start.startedAt)) return {};
  if (lagOf(start.startedAt, start.receivedAt, timeZone) < lateThoughConnected) return {};
  const { receivedAt } = start;
  const startedAt = pastTimeOf(start.startedAt, Date.parse(receivedAt), timeZone);
  const facts = { chargerKey, startedAt, receivedAt, stopReceivedAt: stop.receivedAt, previous };
  return omitUndefined({ chargerConnectedAt: await connectedBefore(database, facts) });
}

/**
 * The times that bound the dates of a session: when its charger was commissioned or registered, and its last boot, where the
 * session came later and is dated before that. A boot says nothing about sessions that waited for a connection: only about one that came as it was taken,
 * so that start and stop are late by the same. Where only the start is late, or both by the same, the time at which the charger would have sent it. For
 * a start that is not half an hour late nothing is read.
 */
export async function datesOf(
  database: Database,
  stored: StoredSession,
  previous: Session | undefined,
): Promise<Dates> {
  const { session, chargerKey } = stored;
  const { start, stop, timeZone, protocol } = session;
  if (start === undefined || stop === undefined || protocol === 'push') return {};
  const stopLag = lagOf(stop.endedAt, stop.receivedAt, timeZone);
  if (stopLag < late) return await datesOfLateStart(database, stored, previous);
  const isAsTaken =
    Math.abs(lagOf(start.startedAt, start.receivedAt, timeZone) - stopLag) <= minute;
  const [charger, boot, connected] = await Promise.all([
    readCharger(database, chargerKey),
    isAsTaken ? readBoot(database, chargerKey) : undefined,
    isAsTaken ? datesOfLateStart(database, stored, previous) : {},
  ]);
  const endedAt = new Date(Date.parse(stop.receivedAt) - stopLag).toISOString();
  const ifAfter = (time: string | undefined) =>
    time !== undefined && endedAt < time && start.receivedAt >= time ? time : undefined;
  const stated = charger?.commissionedAt;
  const registeredAt = stated === undefined ? ifAfter(charger?.createdAt) : undefined;
  const isAges =
    registeredAt !== undefined && Date.parse(registeredAt) - Date.parse(endedAt) > longestKept;
  return omitUndefined({
    ...connected,
    chargerCommissionedAt: ifAfter(stated),
    chargerRegisteredAt: isAsTaken || isAges ? registeredAt : undefined,
    chargerBootedAt: ifAfter(boot?.bootedAt),
  });
}

/**
 * The end of the session that is dated last on a connector, where this one came after it with hours of delay, is dated before it, and
 * goes on from its register all the same: then it was the one before this.
 */
export async function laterDatedEnd(
  database: Database,
  { session, chargerKey }: StoredSession,
): Promise<Pick<CdrBasis, 'previousRegister'>> {
  const { start, timeZone, protocol } = session;
  const register = Number(start?.meterStart ?? 0);
  if (start === undefined || register <= 0 || protocol === 'push') return {};
  if (lagOf(start.startedAt, start.receivedAt, timeZone) < late) return {};
  const open = (await readConnector(database, chargerKey, session))?.openSessionId;
  const last = open === undefined ? undefined : (await readSession(database, open))?.session;
  const wh = Number(last?.stop?.meterStop ?? 0);
  const isEarlier = last?.start !== undefined && last.start.receivedAt < start.receivedAt;
  if (last === undefined || last.sessionId === session.sessionId || !isEarlier || wh <= 0)
    return {};
  const { endedAt } = endIfLater(last, session);
  const goesOn = register >= wh - jitter && register <= wh + between;
  return endedAt === undefined || !goesOn
    ? {}
    : { previousRegister: { sessionId: last.sessionId, wh: plainNumber(wh), endedAt } };
}
