import type { InvoiceRecord } from '../model/invoice-record.ts';
import type { Party } from '../model/party.ts';
import type { Settlement } from '../settle/settle.ts';

/** The sum of an invoice under one VAT rate. */
export type InvoiceSum = Pick<
  Settlement,
  'vatPercent' | 'cdrs' | 'energyKwh' | 'exclVat' | 'vat' | 'inclVat'
>;

/** An invoice of ours to a partner, with the record that says which CDRs it bills (Invoice Reconciliation of 2.3.0). */
export type IssuedInvoice = {
  readonly kind: 'invoice';
  /** `issuing` until each of its CDRs is known to be on no other invoice: partners do not see it before. `taken-back` is for good. */
  readonly state: 'issuing' | 'issued' | 'taken-back';
  readonly record: InvoiceRecord;
  /** ISO 8601 in UTC, when partners saw the last change of it. */
  readonly lastUpdated: string;
  /** The month (UTC) in which its sessions ended, as in `2026-03`. */
  readonly month: string;
  readonly currency: string;
  readonly sums: readonly InvoiceSum[];
  /** True where more of the month was to be billed than one record holds. */
  readonly hasMore?: true;
  /** The party behind a hub that is to pay; absent: the partner. */
  readonly forParty?: Party;
};

/** An invoice in another state from a moment on, ISO 8601 in UTC. */
export const invoiceInState = (
  invoice: IssuedInvoice,
  state: IssuedInvoice['state'],
  at: string,
): IssuedInvoice => ({
  ...invoice,
  state,
  lastUpdated: at,
  record: { ...invoice.record, lastUpdated: at },
});
