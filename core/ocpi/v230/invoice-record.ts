import { oneAtLeast, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import type { InvoiceRecord } from '../model/invoice-record.ts';

/** Translates the record of an invoice into 2.3.0 and back (mod_invoice_reconciliation). */
export const { to: toInvoiceRecord230, from: fromInvoiceRecord230 } = pairOf(
  record<InvoiceRecord>({
    countryCode: required('country_code', id(2)),
    partyId: required('party_id', id(3)),
    id: required('id', id(36)),
    invoiceId: required('invoice_id', id(255)),
    cdrIds: oneAtLeast('cdrs', id(36)),
    lastUpdated: required('last_updated', dateTime),
  }),
);
