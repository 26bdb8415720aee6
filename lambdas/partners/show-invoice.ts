import type { SendOutbound } from '../outbound/send-outbound.ts';
import { completeInvoice } from '../roaming/complete-invoice.ts';
import type { SharedThing } from '../roaming/partner-message.ts';
import { readPartner } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';
import { pushTo } from './push-to-partners.ts';

type Showing = {
  readonly database: Database;
  readonly push: SendOutbound;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Has a partner sent the record of an invoice of ours, or that it was taken back; whoever issued it may have ended before it was whole. */
export async function showInvoice(
  { database, push, now }: Showing,
  operatorId: string,
  { partnerId, recordId }: Extract<SharedThing, { readonly kind: 'invoice' }>,
): Promise<void> {
  const clock = (): string => new Date(now()).toISOString();
  const invoice = await completeInvoice(database, { operatorId, partnerId, recordId }, clock);
  const partner = await readPartner(database, operatorId, partnerId);
  if (invoice === undefined || partner === undefined) return;
  await pushTo({ push }, [partner], [{ module: 'invoicereconciliation', objectId: recordId }]);
}
