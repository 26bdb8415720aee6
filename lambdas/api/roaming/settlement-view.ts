import * as z from 'zod';
import type { Settlement } from '../../../core/ocpi/settle/settle.ts';
import type { Issuer } from '../../../core/receipt/issuer.ts';
import { decimalText, timeText } from '../common-schemas.ts';
import { IssuerSchema, issuerView } from '../issuer/issuer-form.ts';
import type { SettledEntry } from './read-settlement.ts';

const direction = z.enum(['receivable', 'payable']).meta({
  description: 'receivable: the partner owes us for its drivers; payable: we owe it for ours.',
});

const rate = {
  vatPercent: decimalText.nullable().meta({ description: 'Null where no rate is known.' }),
  exclVat: decimalText,
  inclVat: decimalText.nullable().meta({ description: 'Null where a CDR does not say it.' }),
};

/** The settlement with a partner for a month. */
export const SettlementSchema = z
  .strictObject({
    partnerId: z.string(),
    name: z.string(),
    month: z.string(),
    issuer: IssuerSchema.nullable().meta({ description: 'Ourselves, as the settings say it now.' }),
    sums: z
      .array(
        z.strictObject({
          direction,
          currency: z.string(),
          ...rate,
          vat: decimalText.nullable(),
          cdrs: z.int().meta({ description: 'CDRs with a part of this rate.' }),
          energyKwh: decimalText,
          differingCdrs: z.int().meta({ description: 'Those of them that differ by our check.' }),
          differingExclVat: decimalText.meta({
            description: 'How much of the sum without VAT is in dispute by these.',
          }),
        }),
      )
      .meta({
        description: 'One for each direction, currency and VAT rate, exact to the last digit.',
      }),
    cdrs: z.array(
      z.strictObject({
        direction,
        cdrId: z.string(),
        sessionId: z.string().nullable(),
        creditOf: z.string().nullable(),
        verdict: z.string().nullable().meta({ description: 'Ours on a CDR of the partner.' }),
        invoiceReferenceId: z.string().nullable(),
        tokenId: z.string(),
        endedAt: timeText,
        isLate: z.boolean().meta({
          description: 'That it came after the month was over; false on a CDR of ours.',
        }),
        energyKwh: decimalText,
        currency: z.string(),
        parts: z.array(z.strictObject(rate)),
      }),
    ),
  })
  .meta({ id: 'Settlement' });

/** The partner and the month of a settlement, and who makes it. */
export type SettlementOf = {
  readonly partnerId: string;
  readonly name: string;
  readonly month: string;
  /** Ourselves; undefined where the settings do not say it. */
  readonly issuer: Issuer | undefined;
};

const entryView = ({ settled, cdr, verdict, isLate = false }: SettledEntry) => ({
  direction: settled.direction,
  cdrId: cdr.id,
  sessionId: cdr.sessionId ?? null,
  creditOf: cdr.credit === true ? (cdr.creditReferenceId ?? null) : null,
  verdict: verdict ?? null,
  invoiceReferenceId: cdr.invoiceReferenceId ?? null,
  tokenId: cdr.cdrToken.uid,
  endedAt: cdr.endDateTime,
  isLate,
  energyKwh: settled.energyKwh,
  currency: settled.currency,
  parts: settled.parts.map((part) => ({ ...part })),
});

/** Shows a settlement. */
export const settlementView = (
  { partnerId, name, month, issuer }: SettlementOf,
  sums: readonly Settlement[],
  entries: readonly SettledEntry[],
) => ({
  partnerId,
  name,
  month,
  issuer: issuerView(issuer),
  sums: sums.map(({ partnerId: _partner, month: _month, ...sum }) => sum),
  cdrs: entries.map(entryView),
});

/** A settlement as it is shown. */
export type SettlementView = ReturnType<typeof settlementView>;
