import * as z from 'zod';
import type { IssuedInvoice } from '../../../core/ocpi/publish/issued-invoice.ts';
import { timeText } from '../common-schemas.ts';
import { month } from '../forms.ts';
import { PartySchema, partyForm } from '../partners/party-form.ts';
import { sumOfRate } from './sum-of-rate.ts';

/** Names an invoice to a partner and the settlement that it bills. */
export const IssuedInvoiceForm = z
  .strictObject({
    invoiceNumber: z
      .string()
      .min(1)
      .max(255)
      .regex(
        /^[\u0021-\u007e](?:[\u0020-\u007e]*[\u0021-\u007e])?$/,
        'OCPI takes printable ASCII alone, and no blank at the beginning or the end.',
      )
      .meta({ description: 'The number of your invoice, which you deliver elsewhere.' }),
    month: month.meta({ description: 'In which the sessions ended (UTC), as in 2026-03.' }),
    currency: z.string().regex(/^[A-Z]{3}$/, 'The value must be a currency, as in EUR.'),
    party: partyForm.optional().meta({
      description: 'The party of yours that bills; the first one unless stated.',
    }),
    forParty: partyForm.optional().meta({
      description: 'The party behind a hub whose drivers are billed; required there.',
    }),
  })
  .meta({ id: 'IssuedInvoiceForm' });

const facts = {
  partnerInvoiceId: z.string().meta({ description: 'The id of its record at the partner, too.' }),
  partnerId: z.string(),
  invoiceNumber: z.string(),
  state: z.enum(['issuing', 'issued', 'taken-back']).meta({
    description:
      'issuing: it is completed within seconds, or when it is issued once more. taken-back: its CDRs may be on another one.',
  }),
  month: z.string(),
  currency: z.string(),
  countryCode: z.string(),
  partyId: z.string(),
  forParty: PartySchema.nullable(),
  cdrs: z.int().meta({ description: 'CDRs that it bills, 5,000 at most.' }),
  hasMore: z.boolean().meta({
    description:
      'true: the month had more CDRs to bill than one record holds; another invoice, with a number of its own, bills the next ones.',
  }),
  sums: z.array(z.strictObject(sumOfRate)),
  lastUpdated: timeText,
  deliveryId: z.string().meta({
    description:
      'For GET /partners/{partnerId}/deliveries: how far the partner is with its record.',
  }),
};

/** An invoice to a partner as it is listed. */
export const IssuedInvoiceSchema = z.strictObject(facts).meta({ id: 'IssuedInvoice' });

/** An invoice to a partner with the CDRs that it bills. */
export const SingleIssuedInvoiceSchema = z
  .strictObject({ ...facts, cdrIds: z.array(z.string()) })
  .meta({ id: 'SingleIssuedInvoice' });

/** Shows an invoice to a partner. */
export const issuedInvoiceView = (partnerId: string, invoice: IssuedInvoice) => {
  const { record, state, month, currency, sums, lastUpdated, forParty, hasMore } = invoice;
  return {
    partnerInvoiceId: record.id,
    partnerId,
    invoiceNumber: record.invoiceId,
    state,
    month,
    currency,
    countryCode: record.countryCode,
    partyId: record.partyId,
    forParty: forParty === undefined ? null : { ...forParty },
    cdrs: record.cdrIds.length,
    hasMore: hasMore === true,
    sums: sums.map((sum) => ({ ...sum })),
    lastUpdated,
    deliveryId: `invoicereconciliation.${record.id}`,
  };
};

/** Shows an invoice to a partner with its CDRs. */
export const singleIssuedInvoiceView = (partnerId: string, invoice: IssuedInvoice) => ({
  ...issuedInvoiceView(partnerId, invoice),
  cdrIds: [...invoice.record.cdrIds],
});
