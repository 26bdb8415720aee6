import { priceOfCdr } from '../../../core/ocpi/check/price-of-cdr.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { type SettledCdr, settlements } from '../../../core/ocpi/settle/settle.ts';
import { settledCdr } from '../../../core/ocpi/settle/settled-cdr.ts';
import { settledLines } from '../../../core/ocpi/settle/settled-lines.ts';
import { settlementMonth } from '../../../core/ocpi/settle/settlement-month.ts';
import { publicationsSince } from '../../store/partners/publications.ts';
import { type HeldCdr, listHeldCdrs } from '../../store/received/received-cdrs.ts';
import type { Caller } from '../api-route.ts';

/**
 * CDRs of each direction that a settlement has, by what is answered: with each CDR the answer would exceed what a function may send, 6 MB;
 * the sums alone are bounded by the time of a request, 29 seconds.
 */
export const mostCdrs = { cdrs: 5_000, sums: 50_000 } as const;

/** Whether a settlement is answered with each of its CDRs, or its sums alone. */
export type SettlementScope = keyof typeof mostCdrs;

/** CDRs that are read at once for those of a month: ours to a partner are found by when they were sent, which is any time after. */
const atOnce = 1_000;

/** A CDR of a settlement with what people recognize it by. */
export type SettledEntry = {
  readonly settled: SettledCdr;
  readonly cdr: PartnerCdr;
  /** Our verdict; absent on a CDR of ours. */
  readonly verdict?: string;
  /** That it came after its month was over; absent on a CDR of ours. */
  readonly isLate?: boolean;
};

type Whose = { readonly partnerId: string; readonly month: string };

/** Takes an entry; false where there are too many. */
type Take = (entry: SettledEntry) => boolean;

const firstDay = (month: string): string => `${month}-01T00:00:00.000Z`;

const dayAfter = (month: string): string => {
  const at = new Date(firstDay(month));
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString();
};

const theirEntry = (
  { cdr, verdict: checked, receivedAt, timeZone }: HeldCdr,
  { partnerId, month }: Whose,
): SettledEntry => {
  const { verdict } = checked;
  const lines = settledLines(cdr, checked, timeZone);
  const settled = settledCdr(cdr, { partnerId, month, direction: 'payable' }, lines);
  return {
    settled: { ...settled, differs: verdict === 'differs' },
    cdr,
    verdict,
    isLate: receivedAt >= dayAfter(month),
  };
};

/** The CDRs that a partner sent us; false where there are too many. */
async function payable(
  { database, operatorId }: Caller,
  whose: Whose,
  take: Take,
): Promise<boolean> {
  const { partnerId, month } = whose;
  const span = { partnerId, from: firstDay(month), to: dayAfter(month), limit: 100 };
  let after: string | undefined;
  do {
    const { items, next } = await listHeldCdrs(database, operatorId, { ...span, after });
    const meant = items.filter(({ cdr }) => settlementMonth(cdr.endDateTime) === month);
    if (!meant.every((held) => take(theirEntry(held, whose)))) return false;
    after = next ?? undefined;
  } while (after !== undefined);
  return true;
}

/** A CDR of ours with its part in the settlement of its month. */
export const ownEntry = (cdr: PartnerCdr, { partnerId, month }: Whose): SettledEntry => {
  const price = priceOfCdr(cdr, [], undefined);
  const lines = price.kind === 'priced' ? price.lines : [];
  return { settled: settledCdr(cdr, { partnerId, month, direction: 'receivable' }, lines), cdr };
};

/** Reads the CDRs of a month that we sent a partner, in the order in which it first saw them. */
export async function* ownCdrs(
  { database, operatorId }: Pick<Caller, 'database' | 'operatorId'>,
  { partnerId, month }: Whose,
): AsyncGenerator<readonly PartnerCdr[]> {
  const list = { operatorId, scope: partnerId, module: 'cdrs' } as const;
  const from = firstDay(month);
  const pages = publicationsSince<{ readonly cdr: PartnerCdr }>(database, list, from, atOnce);
  for await (const page of pages) {
    yield page
      .map(({ object }) => object.cdr)
      .filter(({ endDateTime }) => settlementMonth(endDateTime) === month);
  }
}

/** The CDRs that we sent a partner; false where there are too many. */
async function receivable(caller: Caller, whose: Whose, take: Take): Promise<boolean> {
  for await (const page of ownCdrs(caller, whose)) {
    if (!page.every((cdr) => take(ownEntry(cdr, whose)))) return false;
  }
  return true;
}

/** The settlement with a partner for a month (UTC): what it owes us and what we owe it, and where `scope` says so the CDRs of both. */
export async function readSettlement(caller: Caller, whose: Whose, scope: SettlementScope) {
  const all: SettledCdr[] = [];
  const entries: SettledEntry[] = [];
  for (const read of [receivable, payable]) {
    const most = all.length + mostCdrs[scope];
    const isWhole = await read(caller, whose, (entry) => {
      all.push(entry.settled);
      if (scope === 'cdrs') entries.push(entry);
      return all.length <= most;
    });
    if (!isWhole) return 'too-large' as const;
  }
  return { entries, sums: settlements(all) };
}
