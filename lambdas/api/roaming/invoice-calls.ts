import { done, refused } from '../../http/answer.ts';
import { cdrInvoicesFrom } from '../../store/received/cdr-invoices.ts';
import { heldCdrFrom } from '../../store/received/received-cdrs.ts';
import {
  type HeldInvoice,
  listHeldInvoices,
  readHeldInvoice,
} from '../../store/received/received-invoices.ts';
import { getItems } from '../../store/table/get-item.ts';
import { cdrInvoicesKey, receivedId, receivedKey } from '../../store/table/keys/received-keys.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { billedTwice } from './billed-twice.ts';
import { type InvoicedCdr, invoicedCdr, invoiceView, singleInvoiceView } from './invoice-view.ts';

/** Lists which CDRs partners invoiced. */
export async function listInvoicesCall({ database, operatorId }: Caller, page: ListRequest) {
  const { items, next } = await listHeldInvoices(database, operatorId, page);
  return { items: items.map(invoiceView), next };
}

/** CDRs that are in memory at once, as many as one request reads: an invoice may bill tens of thousands. */
const atOnce = 100;

/** Reads the records of invoices that are not deleted, by our ids. */
async function invoicesOf(
  { database, operatorId }: Pick<Caller, 'database' | 'operatorId'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HeldInvoice>> {
  const found = new Map<string, HeldInvoice>();
  for (const id of new Set(ids)) {
    const held = await readHeldInvoice(database, operatorId, id);
    if (held !== undefined && held.deletedAt === undefined) found.set(id, held);
  }
  return found;
}

/** Holds an invoice of a partner against the CDRs that it bills, each once however often it is named. */
export async function readInvoiceCall({ database, operatorId }: Caller, id: string) {
  const held = id.startsWith('rin_') ? await readHeldInvoice(database, operatorId, id) : undefined;
  if (held === undefined || held.deletedAt !== undefined) {
    return refused('INVOICE_NOT_FOUND' as const);
  }
  const { from, record } = held;
  const ids = [...new Map(record.cdrIds.map((one) => [one.toUpperCase(), one])).values()];
  const cdrs: InvoicedCdr[] = [];
  const alsoOn = new Map<string, readonly string[]>();
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    const names = some.map((one) => receivedId('cdr', from, one));
    const [items, records] = await Promise.all([
      getItems(
        database,
        names.map((name) => receivedKey(operatorId, name)),
      ),
      getItems(
        database,
        names.map((name) => cdrInvoicesKey(operatorId, name)),
      ),
    ]);
    cdrs.push(...some.map((one, at) => invoicedCdr(one, items[at] && heldCdrFrom(items[at]))));
    for (const [at, one] of some.entries()) {
      const others = cdrInvoicesFrom(records[at]).filter((record) => record !== id);
      if (others.length > 0) alsoOn.set(one, others);
    }
  }
  const others = await invoicesOf({ database, operatorId }, [...alsoOn.values()].flat());
  return done(singleInvoiceView(held, cdrs, billedTwice(held, ids, alsoOn, others)));
}
