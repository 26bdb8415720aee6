import { done, refused } from '../../http/answer.ts';
import { heldCdrFrom } from '../../store/received/received-cdrs.ts';
import { listHeldInvoices, readHeldInvoice } from '../../store/received/received-invoices.ts';
import { getItems } from '../../store/table/get-item.ts';
import { receivedId, receivedKey } from '../../store/table/keys/received-keys.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { invoiceView, singleInvoiceView } from './invoice-view.ts';

/** Lists which CDRs partners invoiced. */
export async function listInvoicesCall({ database, operatorId }: Caller, page: ListRequest) {
  const { items, next } = await listHeldInvoices(database, operatorId, page);
  return { items: items.map(invoiceView), next };
}

/** Holds an invoice of a partner against the CDRs that it bills, each once however often it is named. */
export async function readInvoiceCall({ database, operatorId }: Caller, id: string) {
  const held = id.startsWith('rin_') ? await readHeldInvoice(database, operatorId, id) : undefined;
  if (held === undefined || held.deletedAt !== undefined) {
    return refused('INVOICE_NOT_FOUND' as const);
  }
  const { from, record } = held;
  const ids = [...new Map(record.cdrIds.map((one) => [one.toUpperCase(), one])).values()];
  const items = await getItems(
    database,
    ids.map((one) => receivedKey(operatorId, receivedId('cdr', from, one))),
  );
  const cdrs = ids.map((one, at) => {
    const item = items[at];
    return { id: one, held: item && heldCdrFrom(item) };
  });
  return done(singleInvoiceView(held, cdrs));
}
