import { expect } from 'vitest';
import { eventually } from './flow.ts';
import type { RoamingPair } from './roaming-pair.ts';

type List<T> = { readonly items: readonly T[] };
type Sum = { readonly exclVat: string; readonly vat: string; readonly energyKwh: string };
type Issued = {
  readonly partnerInvoiceId: string;
  readonly state: string;
  readonly cdrIds: readonly string[];
  readonly sums: readonly Sum[];
};
type Received = {
  readonly roamingInvoiceId: string;
  readonly recordId: string;
  readonly invoiceId: string;
  readonly cdrs: number;
};

/** The invoices that the operator of drivers has received, once there are so many. */
const received = async ({ emsp }: RoamingPair, count: number) =>
  (
    await eventually(
      async () => (await emsp.get<List<Received>>('/roaming/invoices')).body,
      ({ items }) => items.length === count,
    )
  ).items;

/** The operator of drivers holds an invoice against the CDRs that it has: it bills what it ought to. */
const reconcile = async ({ emsp }: RoamingPair, { roamingInvoiceId }: Received, issued: Issued) => {
  const { body } = await emsp.get<{ sums: readonly Sum[] }>(
    `/roaming/invoices/${roamingInvoiceId}`,
  );
  expect(body).toMatchObject({ missing: [], differing: [], billedTwice: [], otherReference: [] });
  const amounts = ({ exclVat, vat, energyKwh }: Sum) => ({ exclVat, vat, energyKwh });
  expect(body.sums.map(amounts)).toEqual(issued.sums.map(amounts));
};

/** The operator of chargers bills the other by invoices, takes one back and bills its CDRs again: both agree on each, and no CDR is billed twice. */
export async function invoicePair(pair: RoamingPair, months: ReadonlySet<string>): Promise<void> {
  const { cpo, atCpo } = pair;
  const issue = async (invoiceNumber: string, month: string) => {
    const form = { invoiceNumber, month, currency: 'EUR' };
    const { status, body } = await cpo.operator.post<Issued>(`${atCpo}/invoices`, form);
    expect([status, body]).toMatchObject([201, { state: 'issued' }]);
    return body;
  };
  const issued = new Map<string, Issued>();
  for (const month of months) issued.set(month, await issue(`R-${month}`, month));
  const all = await received(pair, months.size);
  expect(all.reduce((sum, { cdrs }) => sum + cdrs, 0)).toBe(4);
  for (const [month, invoice] of issued) {
    const theirs = all.find(({ invoiceId }) => invoiceId === `R-${month}`);
    expect(theirs?.recordId).toBe(invoice.partnerInvoiceId);
    if (theirs !== undefined) await reconcile(pair, theirs, invoice);
  }
  const [[month, first] = []] = issued;
  if (month === undefined || first === undefined) throw new Error('no invoice');
  const back = await cpo.operator.remove(`${atCpo}/invoices/${first.partnerInvoiceId}`);
  expect(back.body).toMatchObject({ state: 'taken-back' });
  await received(pair, months.size - 1);
  const again = await issue(`R-${month}-2`, month);
  expect(again.cdrIds).toEqual(first.cdrIds);
  const theirs = (await received(pair, months.size)).find(
    ({ recordId }) => recordId === again.partnerInvoiceId,
  );
  if (theirs === undefined) throw new Error('not received');
  await reconcile(pair, theirs, again);
  const open = await cpo.operator.get<List<unknown>>(`${atCpo}/deliveries`);
  expect(open.body.items).toEqual([]);
}
