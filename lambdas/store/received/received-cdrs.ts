import type { CdrVerdict } from '../../../core/ocpi/check/check-cdr.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { settledCdr } from '../../../core/ocpi/settle/settled-cdr.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { roamingSumPart } from '../accounts/roaming-sums.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalText, text, toItem } from '../table/item.ts';
import {
  type ReceivedFrom,
  receivedId,
  receivedKey,
  receivedLists,
  sessionCdrsKey,
} from '../table/keys/received-keys.ts';
import { type Listed, type ListRequest, listThings, listWantedOf } from '../table/listed.ts';
import { type CdrCredits, creditPart } from './cdr-credits.ts';
import { factsOfDriver } from './facts-of-driver.ts';
import { keptObjectFrom, keptWithPlace } from './kept-object.ts';
import { keptVerdict, keptVerdictFrom } from './kept-verdict.ts';
import { cdrVisitPart } from './visits.ts';
import { ifAsRead, putPart, writeParts } from './write-parts.ts';
import type { Written } from './write-received-location.ts';

/** A CDR of a partner as it is held, with our verdict. */
export type HeldCdr = {
  readonly from: ReceivedFrom;
  /** Our id of it. */
  readonly receivedId: string;
  readonly cdr: PartnerCdr;
  /** 2.1.1: the location that the CDR carries. */
  readonly place?: PartnerLocation;
  /** The version of OCPI that it came in; absent where an earlier release kept it. */
  readonly version?: OcpiVersion;
  readonly verdict: CdrVerdict;
  /** IANA zone of its place, by which it was judged; absent where nobody had said it by then. */
  readonly timeZone?: string;
  /** The account of our driver; absent where the token has none, or is not ours. */
  readonly accountId?: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly checkedAt: string;
  /** Counts up with every check. */
  readonly revision: number;
};

/** The verdicts that CDRs are listed by. */
export const verdicts = ['agrees', 'differs', 'unpriced'] as const;

/** Reads a CDR of a partner from its item. */
export const heldCdrFrom = (item: Item): HeldCdr => {
  const cdr = keptObjectFrom<PartnerCdr>(item);
  return omitUndefined({
    ...factsOfDriver(item, 'cdr', cdr),
    cdr,
    version: ocpiVersions.find((version) => version === item['version']?.S),
    verdict: keptVerdictFrom(item),
    timeZone: optionalText(item, 'timeZone'),
    checkedAt: text(item, 'checkedAt'),
  });
};

/** Reads a CDR of a partner by our id. */
export async function readHeldCdr(
  database: Database,
  operatorId: string,
  id: string,
): Promise<HeldCdr | undefined> {
  const item = await getItem(database, receivedKey(operatorId, id), true);
  return item === undefined ? undefined : heldCdrFrom(item);
}

/** The CDRs of a session by the partner's ids, credits with those that they take back. */
export type SessionCdrs = {
  readonly cdrs: readonly { readonly id: string; readonly creditOf?: string }[];
  readonly revision: number;
};

/** Reads the CDRs of a session from its item; none where there is no item. */
export const sessionCdrsFrom = (item: Item | undefined): SessionCdrs =>
  item === undefined
    ? { cdrs: [], revision: 0 }
    : {
        cdrs: document<SessionCdrs['cdrs']>(item, 'cdrs'),
        revision: number(item, 'revision'),
      };

const sessionIdOf = ({ from, cdr }: Pick<HeldCdr, 'from' | 'cdr'>): string | undefined =>
  cdr.sessionId === undefined ? undefined : receivedId('session', from, cdr.sessionId);

/** Bytes of an item that no object takes: a verdict without details fits beside the largest. */
const roomOfVerdict = 15_000;

function cdrItem({ revision, ...held }: Omit<HeldCdr, 'receivedId'>): Item | undefined {
  const { from, cdr, place, version, verdict, timeZone, accountId } = held;
  const { receivedAt, checkedAt } = held;
  const kept = keptWithPlace(cdr, place);
  const packedVerdict = kept && keptVerdict(verdict, kept.free + roomOfVerdict);
  if (kept === undefined || packedVerdict === undefined) return undefined;
  const { operatorId, partnerId } = from;
  const id = receivedId('cdr', from, cdr.id);
  const item = toItem({
    ...receivedKey(operatorId, id),
    kind: 'RECEIVEDCDR',
    operatorId,
    partnerId,
    version,
    timeZone,
    accountId,
    receivedAt,
    checkedAt,
    revision,
    listKey: receivedLists.cdrs(operatorId, verdict.verdict),
    chargerListKey: receivedLists.cdrsOf(operatorId, partnerId),
    ofAccount: accountId && receivedLists.cdrsOfAccount(operatorId, accountId),
    listSort: `${cdr.endDateTime}#${id}`,
  });
  return { ...item, ...kept.attributes, verdict: packedVerdict };
}

/** The CDRs and credits that a new CDR joins, as they were read. */
export type BesideCdr = {
  /** Of its session, if it names one. */
  readonly billed: SessionCdrs;
  /** Of the CDR that it takes back, if it names one. */
  readonly credits: CdrCredits;
};

function sessionPart(database: Database, held: Pick<HeldCdr, 'from' | 'cdr'>, billed: SessionCdrs) {
  const { from, cdr } = held;
  const sessionId = sessionIdOf(held);
  if (sessionId === undefined) return [];
  const creditOf = cdr.credit === true ? (cdr.creditReferenceId ?? '') : undefined;
  const item = toItem({
    ...sessionCdrsKey(from.operatorId, sessionId),
    kind: 'RECEIVEDSESSIONCDRS',
    cdrs: JSON.stringify([...billed.cdrs, omitUndefined({ id: cdr.id, creditOf })]),
    revision: billed.revision + 1,
  });
  return [putPart(database, item, ifAsRead(billed.revision || undefined))];
}

/** Keeps a new CDR, and in one transaction that it is one of its session and its visit, and a credit of its CDR, all still as they were read. */
export async function createHeldCdr(
  database: Database,
  held: Omit<HeldCdr, 'receivedId' | 'revision'>,
  { billed, credits }: BesideCdr,
): Promise<Written> {
  const item = cdrItem({ ...held, revision: 1 });
  if (item === undefined) return { tooLarge: '' };
  const { from, cdr, accountId } = held;
  const { operatorId, partnerId } = from;
  const whose = { partnerId, direction: 'payable', month: cdr.endDateTime.slice(0, 7) } as const;
  const ofAccount =
    accountId === undefined
      ? []
      : [roamingSumPart(database, { operatorId, accountId }, settledCdr(cdr, whose, []))];
  return await writeParts(database, [
    putPart(database, item, ifAsRead(undefined)),
    cdrVisitPart(database, from, cdr),
    ...sessionPart(database, held, billed),
    ...creditPart(database, from, cdr, credits),
    ...ofAccount,
  ]);
}

/** Keeps another verdict on a CDR, if nobody else judged it since it was read. */
export async function writeVerdict(
  database: Database,
  held: HeldCdr,
  verdict: CdrVerdict,
  checkedAt: string,
): Promise<Written> {
  const item = cdrItem({ ...held, verdict, checkedAt, revision: held.revision + 1 });
  if (item === undefined) return { tooLarge: '' };
  return await writeParts(database, [putPart(database, item, ifAsRead(held.revision))]);
}

/** Which CDRs of partners are asked for; times are ISO 8601 in UTC, of the end, both included. */
export type CdrSpan = ListRequest & {
  readonly verdict?: (typeof verdicts)[number] | undefined;
  /** Of one partner, or of the drivers of one account; with both, those of the account at the partner. */
  readonly partnerId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Lists CDRs of partners, those of the sessions that ended last first. */
export async function listHeldCdrs(
  database: Database,
  operatorId: string,
  { verdict, partnerId, accountId, from, to, ...page }: CdrSpan,
): Promise<Listed<HeldCdr>> {
  const until = to === undefined ? undefined : `${to}#\uffff`;
  const span = { order: 'descending', from, to: until, ...page } as const;
  if (accountId !== undefined) {
    const partitions = [receivedLists.cdrsOfAccount(operatorId, accountId)];
    const isWanted = (held: HeldCdr) =>
      (verdict === undefined || held.verdict.verdict === verdict) &&
      (partnerId === undefined || held.from.partnerId === partnerId);
    const own = { of: 'account', partitions, ...span } as const;
    return await listWantedOf(database, own, heldCdrFrom, isWanted);
  }
  if (partnerId !== undefined) {
    const partitions = [receivedLists.cdrsOf(operatorId, partnerId)];
    const isWanted = (held: HeldCdr) => verdict === undefined || held.verdict.verdict === verdict;
    return await listWantedOf(
      database,
      { of: 'charger', partitions, ...span },
      heldCdrFrom,
      isWanted,
    );
  }
  const lists = (verdict === undefined ? verdicts : [verdict]).map((one) =>
    receivedLists.cdrs(operatorId, one),
  );
  return await listThings(database, { steps: [lists], ...span }, heldCdrFrom);
}
