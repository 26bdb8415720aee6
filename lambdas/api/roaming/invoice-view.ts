import * as z from 'zod';
import { settlements } from '../../../core/ocpi/settle/settle.ts';
import { settledCdr } from '../../../core/ocpi/settle/settled-cdr.ts';
import type { HeldCdr } from '../../store/received/received-cdrs.ts';
import type { HeldInvoice } from '../../store/received/received-invoices.ts';
import { decimalText, timeText } from '../common-schemas.ts';

const facts = {
  roamingInvoiceId: z.string(),
  partnerId: z.string(),
  countryCode: z.string(),
  partyId: z.string(),
  recordId: z.string().meta({ description: 'The partner’s id of the record.' }),
  invoiceId: z.string().meta({ description: 'Names the invoice, which is delivered elsewhere.' }),
  cdrs: z.int().meta({ description: 'CDRs that it bills.' }),
  lastUpdated: timeText,
};

/** Which CDRs an invoice of a partner bills, as it is listed. */
export const InvoiceSchema = z.strictObject(facts).meta({ id: 'RoamingInvoice' });

/** An invoice of a partner held against the CDRs that we have. */
export const SingleInvoiceSchema = z
  .strictObject({
    ...facts,
    sums: z
      .array(
        z.strictObject({
          currency: z.string(),
          vatPercent: decimalText.nullable(),
          cdrs: z.int(),
          energyKwh: decimalText,
          exclVat: decimalText,
          vat: decimalText.nullable(),
          inclVat: decimalText.nullable(),
        }),
      )
      .meta({
        description:
          'What the invoice ought to say, by currency and VAT rate, exact to the last digit.',
      }),
    missing: z.array(z.string()).meta({
      description: 'CDRs of it that never came, by the partner’s ids: they are in no sum.',
    }),
    differing: z.array(z.string()).meta({
      description: 'CDRs of it whose price differs from ours, by the partner’s ids.',
    }),
  })
  .meta({ id: 'SingleRoamingInvoice' });

/** Shows which CDRs an invoice bills. */
export const invoiceView = ({ receivedId, from, record }: HeldInvoice) => ({
  roamingInvoiceId: receivedId,
  partnerId: from.partnerId,
  countryCode: record.countryCode,
  partyId: record.partyId,
  recordId: record.id,
  invoiceId: record.invoiceId,
  cdrs: record.cdrIds.length,
  lastUpdated: record.lastUpdated,
});

const settled = ({ from, cdr, verdict }: HeldCdr) => {
  const month = cdr.endDateTime.slice(0, 7);
  const lines = verdict.price.kind === 'priced' ? verdict.price.lines : [];
  // One sum for all months: an invoice is not of a month.
  return {
    ...settledCdr(cdr, { partnerId: from.partnerId, direction: 'payable', month }, lines),
    month: '',
  };
};

/** Shows an invoice held against its CDRs, of which some may be missing. */
export const singleInvoiceView = (
  invoice: HeldInvoice,
  cdrs: readonly { readonly id: string; readonly held: HeldCdr | undefined }[],
) => ({
  ...invoiceView(invoice),
  sums: settlements(cdrs.flatMap(({ held }) => (held === undefined ? [] : [settled(held)]))).map(
    ({ partnerId: _partner, direction: _direction, month: _month, ...sum }) => sum,
  ),
  missing: cdrs.filter(({ held }) => held === undefined).map(({ id }) => id),
  differing: cdrs.filter(({ held }) => held?.verdict.verdict === 'differs').map(({ id }) => id),
});
