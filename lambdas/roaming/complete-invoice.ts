import { type IssuedInvoice, invoiceInState } from '../../core/ocpi/publish/issued-invoice.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { putOnInvoice, readInvoicedBy } from '../store/partners/invoiced-cdrs.ts';
import { readPublication, writePublication } from '../store/partners/publications.ts';
import type { Database } from '../store/table/client.ts';
import type { PublicationList } from '../store/table/keys/partner-keys.ts';

/** An invoice of ours, by the partner that it is for and the id of its record. */
export type InvoiceName = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly recordId: string;
};

/** The list of the invoices that a partner gets. */
export const invoiceList = ({
  operatorId,
  partnerId,
}: Omit<InvoiceName, 'recordId'>): PublicationList => ({
  operatorId,
  scope: partnerId,
  module: 'invoicereconciliation',
});

/** How often others may change what is looked at. */
const mostMeetings = 10;

/** The invoices among those that were read that still bill what was put on them; one that was taken back bills nothing any more. */
async function billing(
  database: Database,
  name: Omit<InvoiceName, 'recordId'>,
  records: readonly (string | undefined)[],
): Promise<ReadonlySet<string>> {
  const bills = new Set<string>();
  for (const record of new Set(records)) {
    if (record === undefined) continue;
    const found = await readPublication<IssuedInvoice>(database, invoiceList(name), record);
    if (found !== undefined && found.object.state !== 'taken-back') bills.add(record);
  }
  return bills;
}

/** Says which CDRs of a partner no invoice bills, in their order. */
export async function unbilledOf(
  database: Database,
  name: Omit<InvoiceName, 'recordId'>,
  cdrIds: readonly string[],
): Promise<readonly boolean[]> {
  const list = { ...invoiceList(name), module: 'cdrs' as const };
  const records = await readInvoicedBy(database, list, cdrIds);
  const bills = await billing(database, name, records);
  return records.map((record) => record === undefined || !bills.has(record));
}

/**
 * Puts all CDRs of an invoice on it; false where another invoice bills one of them. Each takes them in the order of the partner's list, and has all
 * before the one that another took first: so of invoices that meet one stands, and they do not all take each other back.
 */
async function takeCdrs(
  database: Database,
  name: InvoiceName,
  { record: { cdrIds } }: IssuedInvoice,
): Promise<boolean> {
  const list = { ...invoiceList(name), module: 'cdrs' as const };
  for (let n = 0; n < mostMeetings; n += 1) {
    const records = await readInvoicedBy(database, list, cdrIds);
    const bills = await billing(database, name, records);
    const left = cdrIds
      .map((cdrId, at) => ({ cdrId, before: records[at] }))
      .filter(({ before }) => before !== name.recordId);
    if (left.some(({ before }) => before !== undefined && bills.has(before))) return false;
    const written = await putOnInvoice(database, list, name.recordId, left);
    if (written === 'written') return true;
  }
  throw new ConcurrentUpdateError('The CDRs of an invoice kept being put on others');
}

/**
 * Completes an invoice that is being issued: its CDRs are put on it, of which each is on one invoice, then partners see it. One with a CDR
 * that another took first is taken back. Whoever is interrupted, or comes twice, is completed by the next; undefined where there is none.
 * `clock` gives ISO 8601 in UTC: an invoice changed when it was written, which may be long after the request for it, so that a partner
 * that read the list meanwhile finds it with its next `date_from`.
 */
export async function completeInvoice(
  database: Database,
  name: InvoiceName,
  clock: () => string,
): Promise<IssuedInvoice | undefined> {
  const list = invoiceList(name);
  for (let n = 0; n < mostMeetings; n += 1) {
    const before = await readPublication<IssuedInvoice>(database, list, name.recordId);
    if (before === undefined || before.object.state !== 'issuing') return before?.object;
    const isWhole = await takeCdrs(database, name, before.object);
    const at = clock();
    const object = invoiceInState(before.object, isWhole ? 'issued' : 'taken-back', at);
    const published = { objectId: name.recordId, lastUpdated: at, object };
    if ((await writePublication(database, list, before, published)) === 'written') return object;
  }
  throw new ConcurrentUpdateError('An invoice kept being changed');
}
