import type { CdrCase } from '../../../core/ocpi/check/judge-cdr.ts';
import { sameCharging, touchedCdrs } from '../../../core/ocpi/check/same-charging.ts';
import { sessionOfCdr } from '../../../core/ocpi/check/session-of-cdr.ts';
import { alreadyTakenBack, takenBack } from '../../../core/ocpi/check/taken-back.ts';
import type { CdrVisit, Visits } from '../../../core/ocpi/check/visit.ts';
import { visitOfCdr } from '../../../core/ocpi/check/visit-of.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { sameId } from '../../../core/ocpi/model/same-id.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type CdrCredits, cdrCreditsFrom } from '../../store/received/cdr-credits.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import { readHeldLocation } from '../../store/received/read-received-location.ts';
import {
  type BesideCdr,
  readHeldCdr,
  type SessionCdrs,
  sessionCdrsFrom,
} from '../../store/received/received-cdrs.ts';
import { readHeldSession } from '../../store/received/received-sessions.ts';
import { readHeldTariff } from '../../store/received/received-tariffs.ts';
import type { Database } from '../../store/table/client.ts';
import { getItem, getItems } from '../../store/table/get-item.ts';
import {
  cdrCreditsKey,
  type ReceivedFrom,
  receivedId,
  sessionCdrsKey,
} from '../../store/table/keys/received-keys.ts';
import { visitsOfCdr } from './visits-around.ts';

/** Tariffs that are looked up for one CDR: one that names more of them is not priced anyway. */
const mostTariffs = 3;

async function tariffsOf(database: Database, from: ReceivedFrom, cdr: PartnerCdr) {
  const carried = new Set(cdr.tariffs.map(({ id }) => id.toUpperCase()));
  const named = new Set(cdr.chargingPeriods.flatMap(({ tariffId }) => tariffId ?? []));
  const missing = [...named].filter((id) => !carried.has(id.toUpperCase())).slice(0, mostTariffs);
  const held = await Promise.all(missing.map((id) => readHeldTariff(database, from, id)));
  return held.flatMap((one) => (one === undefined ? [] : [one.tariff]));
}

async function timeZoneOf(database: Database, from: ReceivedFrom, { location }: PartnerCdr) {
  if (location.timeZone !== undefined) return location.timeZone;
  const id = receivedId('location', from, location.id);
  return (await readHeldLocation(database, from.operatorId, id))?.head.timeZone;
}

async function billedOf(database: Database, from: ReceivedFrom, { sessionId }: PartnerCdr) {
  if (sessionId === undefined) return sessionCdrsFrom(undefined);
  const key = sessionCdrsKey(from.operatorId, receivedId('session', from, sessionId));
  return sessionCdrsFrom(await getItem(database, key, true));
}

/** The credits that name CDRs, in the order of these. */
async function creditsOf(
  database: Database,
  { operatorId, ...from }: ReceivedFrom,
  ids: readonly string[],
): Promise<readonly CdrCredits[]> {
  const keys = ids.map((id) => cdrCreditsKey(operatorId, receivedId('cdr', from, id)));
  const items = await getItems(database, keys, true);
  return ids.map((_id, at) => cdrCreditsFrom(items[at]));
}

/** The CDR that a credit takes back, and the other credits of that. */
type Credited = Pick<CdrCase, 'original' | 'otherCredits'>;

const notCredited: Credited = { otherCredits: [] };

async function creditedBy(
  database: Database,
  from: ReceivedFrom,
  cdr: CdrVisit,
  { cdrs }: Visits,
  { ids }: CdrCredits,
): Promise<Credited> {
  if (!cdr.isCredit) return notCredited;
  const read = async (id: string) =>
    (await readHeldCdr(database, from.operatorId, receivedId('cdr', from, id)))?.cdr;
  const others = (credits: readonly string[]) => credits.filter((id) => !sameId(id, cdr.id));
  if (cdr.creditOf !== undefined) {
    return omitUndefined({ original: await read(cdr.creditOf), otherCredits: others(ids) });
  }
  const pairs = takenBack(cdrs);
  const [original] = [...pairs].find(([, credits]) => credits.includes(cdr.id)) ?? [];
  if (original !== undefined) {
    return omitUndefined({ original: await read(original), otherCredits: [] });
  }
  const taken = alreadyTakenBack(cdr, cdrs).flatMap((id) => pairs.get(id.toUpperCase()) ?? []);
  return { otherCredits: taken.toSorted() };
}

const unique = (ids: readonly string[]): readonly string[] =>
  [...new Map(ids.map((id) => [id.toUpperCase(), id])).values()].toSorted();

/** The CDRs of these that no credit took back. */
async function notTakenBack(
  database: Database,
  from: ReceivedFrom,
  ids: readonly string[],
  { cdrs }: Visits,
): Promise<readonly string[]> {
  const pairs = takenBack(cdrs);
  const credits = await creditsOf(database, from, ids);
  return ids.filter(
    (id, at) => (credits[at]?.ids ?? []).length === 0 && !pairs.has(id.toUpperCase()),
  );
}

const heldSession = async (database: Database, from: ReceivedFrom, id: string) =>
  (await readHeldSession(database, from.operatorId, receivedId('session', from, id)))?.session;

const namedBeside = ({ cdrs }: SessionCdrs, { id }: PartnerCdr): readonly string[] =>
  cdrs.filter((one) => one.creditOf === undefined && !sameId(one.id, id)).map((one) => one.id);

/** The session of a CDR, and which other CDRs bill it; nothing for one that was taken back, as it speaks of the one in its place. */
async function bySession(
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
  around: Visits,
  billed: SessionCdrs,
): Promise<Pick<CdrCase, 'session' | 'billedBefore' | 'possibleSessions'>> {
  const nothing = { billedBefore: [], possibleSessions: [] };
  if (cdr.credit === true) return nothing;
  const [own] = await notTakenBack(database, from, [cdr.id], around);
  if (own === undefined) return nothing;
  const visit = visitOfCdr(cdr);
  const found = sessionOfCdr(visit, around.sessions);
  const others = unique([...namedBeside(billed, cdr), ...sameCharging(visit, around)]);
  const [session, billedBefore] = await Promise.all([
    found.kind === 'one' ? heldSession(database, from, found.id) : undefined,
    notTakenBack(database, from, others, around),
  ]);
  const possibleSessions = found.kind === 'ambiguous' ? found.ids : [];
  return omitUndefined({ session, billedBefore, possibleSessions });
}

/** A CDR with everything that it is judged by, and all that its verdict is part of. */
type WholeCase = {
  readonly known: CdrCase;
  /** For the transaction that keeps it. */
  readonly beside: BesideCdr;
  /** Other CDRs whose verdict may depend on it, by the partner's ids. */
  readonly others: readonly string[];
  readonly accountId: string | undefined;
};

/** Gathers everything that a CDR of a partner is judged by, with its driver's account. */
export async function cdrCase(
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
): Promise<WholeCase> {
  const visit = visitOfCdr(cdr);
  const [around, billed, [own, credits], tariffs, timeZone, token] = await Promise.all([
    visitsOfCdr(database, from, cdr),
    billedOf(database, from, cdr),
    creditsOf(database, from, [cdr.id, cdr.creditReferenceId ?? cdr.id]),
    tariffsOf(database, from, cdr),
    timeZoneOf(database, from, cdr),
    readOwnToken(database, from.operatorId, cdr.cdrToken.uid),
  ]);
  const beside = { billed, credits: credits ?? cdrCreditsFrom(undefined) };
  const [sessions, credited] = await Promise.all([
    bySession(database, from, cdr, around, billed),
    creditedBy(database, from, visit, around, beside.credits),
  ]);
  const known = omitUndefined({
    ...sessions,
    ...credited,
    tariffs,
    timeZone,
    isOurToken: token !== undefined,
  });
  const others = unique([
    ...billed.cdrs.map(({ id }) => id),
    ...touchedCdrs(visit, around),
    ...(own?.ids ?? []),
    ...beside.credits.ids,
    ...(visit.creditOf === undefined ? [] : [visit.creditOf]),
  ]).filter((id) => !sameId(id, cdr.id));
  return { known, beside, others, accountId: token?.accountId };
}
