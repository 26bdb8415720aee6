import type { CdrCase } from '../../../core/ocpi/check/judge-cdr.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import { readHeldLocation } from '../../store/received/read-received-location.ts';
import {
  readHeldCdr,
  type SessionCdrs,
  sessionCdrsFrom,
} from '../../store/received/received-cdrs.ts';
import { type HeldSession, heldSessionFrom } from '../../store/received/received-sessions.ts';
import { readHeldTariff } from '../../store/received/received-tariffs.ts';
import type { Database } from '../../store/table/client.ts';
import { getItems } from '../../store/table/get-item.ts';
import {
  type ReceivedFrom,
  receivedId,
  receivedKey,
  sessionCdrsKey,
} from '../../store/table/keys/received-keys.ts';

/** Tariffs that are looked up for one CDR: one that names more of them is not priced anyway. */
const mostTariffs = 3;

async function tariffsOf(database: Database, from: ReceivedFrom, cdr: PartnerCdr) {
  const carried = new Set(cdr.tariffs.map(({ id }) => id.toUpperCase()));
  const named = new Set(cdr.chargingPeriods.flatMap(({ tariffId }) => tariffId ?? []));
  const missing = [...named].filter((id) => !carried.has(id.toUpperCase())).slice(0, mostTariffs);
  const held = await Promise.all(missing.map((id) => readHeldTariff(database, from, id)));
  return held.flatMap((one) => (one === undefined ? [] : [one.tariff]));
}

async function sessionOf(database: Database, from: ReceivedFrom, cdr: PartnerCdr) {
  if (cdr.sessionId === undefined) return { held: undefined, billed: sessionCdrsFrom(undefined) };
  const id = receivedId('session', from, cdr.sessionId);
  const keys = [receivedKey(from.operatorId, id), sessionCdrsKey(from.operatorId, id)];
  const [session, cdrs] = await getItems(database, keys, true);
  return {
    held: session && heldSessionFrom(session),
    billed: sessionCdrsFrom(cdrs),
  };
}

async function timeZoneOf(database: Database, from: ReceivedFrom, { location }: PartnerCdr) {
  if (location.timeZone !== undefined) return location.timeZone;
  const id = receivedId('location', from, location.id);
  return (await readHeldLocation(database, from.operatorId, id))?.head.timeZone;
}

async function originalOf(database: Database, from: ReceivedFrom, cdr: PartnerCdr) {
  if (cdr.credit !== true || cdr.creditReferenceId === undefined) return undefined;
  const id = receivedId('cdr', from, cdr.creditReferenceId);
  return (await readHeldCdr(database, from.operatorId, id))?.cdr;
}

const isSame = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

/** Whether a credit took a CDR of the session back. */
const isTakenBack = ({ cdrs }: SessionCdrs, id: string): boolean =>
  cdrs.some(({ creditOf }) => creditOf !== undefined && isSame(creditOf, id));

/** The other CDRs of a session that no credit took back. */
const billedBefore = (billed: SessionCdrs, { id }: PartnerCdr): readonly string[] =>
  billed.cdrs
    .filter((one) => one.creditOf === undefined && !isSame(one.id, id))
    .map((one) => one.id)
    .filter((one) => !isTakenBack(billed, one));

/** Differences of the session from a CDR; none for one that was taken back, as it speaks of the one in its place. */
const bySession = (held: HeldSession | undefined, billed: SessionCdrs, cdr: PartnerCdr) =>
  isTakenBack(billed, cdr.id)
    ? { session: undefined, billedBefore: [] }
    : { session: held?.session, billedBefore: billedBefore(billed, cdr) };

/** Gathers everything that a CDR of a partner is judged by, with the CDRs and the revision of its session, and its driver's account. */
export async function cdrCase(
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
): Promise<{
  readonly known: CdrCase;
  readonly billed: SessionCdrs;
  readonly revision: number | undefined;
  readonly accountId: string | undefined;
}> {
  const [{ held, billed }, tariffs, timeZone, original, token] = await Promise.all([
    sessionOf(database, from, cdr),
    tariffsOf(database, from, cdr),
    timeZoneOf(database, from, cdr),
    originalOf(database, from, cdr),
    readOwnToken(database, from.operatorId, cdr.cdrToken.uid),
  ]);
  const known = omitUndefined({
    ...bySession(held, billed, cdr),
    tariffs,
    timeZone,
    original,
    isOurToken: token !== undefined,
  });
  return { known, billed, revision: held?.revision, accountId: token?.accountId };
}
