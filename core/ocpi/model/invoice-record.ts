import type { Extra } from './extra.ts';
import type { Party } from './party.ts';

/** The CDRs that an invoice of a party bills: InvoiceReconciliationRecord of 2.3.0. */
export type InvoiceRecord = Party &
  Extra & {
    readonly id: string;
    /** Names the invoice, which is delivered elsewhere. */
    readonly invoiceId: string;
    /** The party's ids of its CDRs, at least one. */
    readonly cdrIds: readonly string[];
    readonly lastUpdated: string;
  };
