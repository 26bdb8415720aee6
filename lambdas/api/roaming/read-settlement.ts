import { priceOfCdr } from '../../../core/ocpi/check/price-of-cdr.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { type SettledCdr, settlements } from '../../../core/ocpi/settle/settle.ts';
import { settledCdr } from '../../../core/ocpi/settle/settled-cdr.ts';
import { settledLines } from '../../../core/ocpi/settle/settled-lines.ts';
import { settlementMonth } from '../../../core/ocpi/settle/settlement-month.ts';
import { readPublications } from '../../store/partners/publications.ts';
import { listHeldCdrs } from '../../store/received/received-cdrs.ts';
import type { Caller } from '../api-route.ts';

/** CDRs that a settlement holds: with more its answer would exceed what a function may send, 6 MB. */
const mostCdrs = 5_000;

/** CDRs that are looked at for those of a month: ours to a partner are found by when they were sent, which is any time after. */
const mostLookedAt = 20_000;

/** A CDR of a settlement with what people recognize it by. */
export type SettledEntry = {
  readonly settled: SettledCdr;
  readonly cdr: PartnerCdr;
  /** Our verdict; absent on a CDR of ours. */
  readonly verdict?: string;
};

type Whose = { readonly partnerId: string; readonly month: string };

const firstDay = (month: string): string => `${month}-01T00:00:00.000Z`;

const dayAfter = (month: string): string => {
  const at = new Date(firstDay(month));
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString();
};

/** The CDRs that a partner sent us. */
async function payable(
  { database, operatorId }: Caller,
  { partnerId, month }: Whose,
): Promise<readonly SettledEntry[] | 'too-large'> {
  const entries: SettledEntry[] = [];
  const span = { partnerId, from: firstDay(month), to: dayAfter(month), limit: 100 };
  let after: string | undefined;
  do {
    const { items, next } = await listHeldCdrs(database, operatorId, { ...span, after });
    for (const { cdr, verdict, receivedAt, timeZone } of items) {
      if (settlementMonth(cdr.endDateTime, receivedAt) !== month) continue;
      const lines = settledLines(cdr, verdict, timeZone);
      const whose = { partnerId, month, direction: 'payable' } as const;
      entries.push({ settled: settledCdr(cdr, whose, lines), cdr, verdict: verdict.verdict });
    }
    if (entries.length > mostCdrs) return 'too-large';
    after = next ?? undefined;
  } while (after !== undefined);
  return entries;
}

/** The CDRs that we sent a partner. */
async function receivable(
  { database, operatorId }: Caller,
  { partnerId, month }: Whose,
): Promise<readonly SettledEntry[] | 'too-large'> {
  const list = { operatorId, scope: partnerId, module: 'cdrs' } as const;
  const { total, objects } = await readPublications<{ readonly cdr: PartnerCdr }>(database, list, {
    offset: 0,
    limit: mostLookedAt,
    from: firstDay(month),
  });
  if (total > mostLookedAt) return 'too-large';
  const whose = { partnerId, month, direction: 'receivable' } as const;
  const entries = objects
    .map(({ object }) => object.cdr)
    .filter(({ endDateTime }) => settlementMonth(endDateTime, endDateTime) === month)
    .map((cdr): SettledEntry => {
      const price = priceOfCdr(cdr, [], undefined);
      const lines = price.kind === 'priced' ? price.lines : [];
      return { settled: settledCdr(cdr, whose, lines), cdr };
    });
  return entries.length > mostCdrs ? 'too-large' : entries;
}

/** The settlement with a partner for a month (UTC): what it owes us and what we owe it, and the CDRs of both. */
export async function readSettlement(caller: Caller, whose: Whose) {
  const [ours, theirs] = [await receivable(caller, whose), await payable(caller, whose)];
  if (ours === 'too-large' || theirs === 'too-large') return 'too-large' as const;
  const entries = [...ours, ...theirs];
  return { entries, sums: settlements(entries.map(({ settled }) => settled)) };
}
