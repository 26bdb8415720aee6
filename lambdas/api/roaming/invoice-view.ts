import * as z from 'zod';
import { type SettledCdr, settlements } from '../../../core/ocpi/settle/settle.ts';
import { settledCdr } from '../../../core/ocpi/settle/settled-cdr.ts';
import { settledLines } from '../../../core/ocpi/settle/settled-lines.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { HeldCdr } from '../../store/received/received-cdrs.ts';
import type { HeldInvoice } from '../../store/received/received-invoices.ts';
import { timeText } from '../common-schemas.ts';
import type { BilledTwice } from './billed-twice.ts';
import { sumOfRate } from './sum-of-rate.ts';

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
    sums: z.array(z.strictObject({ currency: z.string(), ...sumOfRate })).meta({
      description:
        'What the invoice ought to say, by currency and VAT rate, exact to the last digit.',
    }),
    missing: z.array(z.string()).meta({
      description: 'CDRs of it that never came, by the partner’s ids: they are in no sum.',
    }),
    differing: z.array(z.string()).meta({
      description: 'CDRs of it whose price differs from ours, by the partner’s ids.',
    }),
    billedTwice: z
      .array(z.strictObject({ cdrId: z.string(), invoiceIds: z.array(z.string()) }))
      .meta({
        description:
          'CDRs of it that are billed once more, by the invoices that do: others of this partner, or this one where it names a CDR again. They are in the sums once.',
      }),
    otherReference: z.array(z.string()).meta({
      description: 'CDRs of it that say themselves that another invoice bills them.',
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

/** A CDR that an invoice names: what of it counts, or that it never came. */
export type InvoicedCdr =
  | { readonly id: string; readonly kind: 'missing' }
  | {
      readonly id: string;
      readonly kind: 'held';
      readonly settled: SettledCdr;
      readonly differs: boolean;
      /** The invoice that it names itself. */
      readonly invoiceId?: string;
    };

const settled = ({ from, cdr, verdict, timeZone }: HeldCdr): SettledCdr => {
  const month = cdr.endDateTime.slice(0, 7);
  const lines = settledLines(cdr, verdict, timeZone);
  // One sum for all months: an invoice is not of a month.
  return {
    ...settledCdr(cdr, { partnerId: from.partnerId, direction: 'payable', month }, lines),
    month: '',
  };
};

/** Takes of a CDR, whose document may be large, what an invoice is held against. */
export const invoicedCdr = (id: string, held: HeldCdr | undefined): InvoicedCdr =>
  held === undefined
    ? { id, kind: 'missing' }
    : omitUndefined({
        id,
        kind: 'held' as const,
        settled: settled(held),
        differs: held.verdict.verdict === 'differs',
        invoiceId: held.cdr.invoiceReferenceId,
      });

const isElsewhere = (one: InvoicedCdr, { record }: HeldInvoice): boolean =>
  one.kind === 'held' &&
  one.invoiceId !== undefined &&
  one.invoiceId.toUpperCase() !== record.invoiceId.toUpperCase();

/** Shows an invoice held against its CDRs, of which some may be missing. */
export const singleInvoiceView = (
  invoice: HeldInvoice,
  cdrs: readonly InvoicedCdr[],
  twice: readonly BilledTwice[],
) => ({
  ...invoiceView(invoice),
  sums: settlements(cdrs.flatMap((one) => (one.kind === 'held' ? [one.settled] : []))).map(
    ({ currency, vatPercent, cdrs: count, energyKwh, exclVat, vat, inclVat }) => ({
      currency,
      vatPercent,
      cdrs: count,
      energyKwh,
      exclVat,
      vat,
      inclVat,
    }),
  ),
  missing: cdrs.filter(({ kind }) => kind === 'missing').map(({ id }) => id),
  differing: cdrs.filter((one) => one.kind === 'held' && one.differs).map(({ id }) => id),
  billedTwice: twice.map(({ cdrId, invoiceIds }) => ({ cdrId, invoiceIds: [...invoiceIds] })),
  otherReference: cdrs.filter((one) => isElsewhere(one, invoice)).map(({ id }) => id),
});
