import { done, refused } from '../../http/answer.ts';
import { heldCdrFrom } from '../../store/received/received-cdrs.ts';
import { listHeldInvoices, readHeldInvoice } from '../../store/received/received-invoices.ts';
import { getItems } from '../../store/table/get-item.ts';
import { receivedId, receivedKey } from '../../store/table/keys/received-keys.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { type InvoicedCdr, invoicedCdr, invoiceView, singleInvoiceView } from './invoice-view.ts';

/** Lists which CDRs partners invoiced. */
export async function listInvoicesCall({ database, operatorId }: Caller, page: ListRequest) {
  const { items, next } = await listHeldInvoices(database, operatorId, page);
  return { items: items.map(invoiceView), next };
}

/** CDRs that are in memory at once, as many as one request reads: an invoice may bill tens of thousands. */
const atOnce = 100;

/** Holds an invoice of a partner against the CDRs that it bills, each once however often it is named. */
export async function readInvoiceCall({ database, operatorId }: Caller, id: string) {
  const held = id.startsWith('rin_') ? await readHeldInvoice(database, operatorId, id) : undefined;
  if (held === undefined || held.deletedAt !== undefined) {
    return refused('INVOICE_NOT_FOUND' as const);
  }
  const { from, record } = held;
  const ids = [...new Map(record.cdrIds.map((one) => [one.toUpperCase(), one])).values()];
  const cdrs: InvoicedCdr[] = [];
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    const keys = some.map((one) => receivedKey(operatorId, receivedId('cdr', from, one)));
    const items = await getItems(database, keys);
    cdrs.push(...some.map((one, at) => invoicedCdr(one, items[at] && heldCdrFrom(items[at]))));
  }
  return done(singleInvoiceView(held, cdrs));
}
