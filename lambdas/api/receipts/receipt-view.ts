import * as z from 'zod';
import type { Receipt } from '../../../core/receipt/receipt.ts';
import { amountText } from '../accounts/account-view.ts';
import { decimalText, MoneySchema, timeText } from '../common-schemas.ts';
import { IssuerSchema, issuerView } from '../issuer/issuer-form.ts';
import { PriceLineSchema } from '../tariffs/price-schema.ts';

const MeterReadingSchema = z.strictObject({
  wh: z.number(),
  at: timeText,
  signed: z.string().optional(),
});

/** All that a driver is shown of a session: `pending` until its CDR is sealed. */
export const ReceiptSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('pending'), sessionId: z.string() }),
    z.strictObject({
      state: z.literal('final'),
      cdrId: z.string(),
      sessionId: z.string(),
      issuedBy: z.string(),
      issuer: IssuerSchema.nullable().meta({
        description: 'As the settings said it when the link was made.',
      }),
      chargerId: z.string(),
      evseId: z.int(),
      connectorId: z.int(),
      place: z
        .strictObject({
          name: z.string(),
          address: z.string(),
          city: z.string(),
          country: z.string(),
        })
        .nullable(),
      startedAt: timeText,
      endedAt: timeText,
      timeZone: z.string(),
      durationSeconds: z.number(),
      energyKwh: z.number(),
      meterStart: MeterReadingSchema.nullable(),
      meterStop: MeterReadingSchema.nullable(),
      tariffName: z.string().nullable(),
      lines: z.array(PriceLineSchema),
      vat: z.array(
        z.strictObject({
          vatPercent: decimalText.nullable(),
          exclVat: decimalText,
          vat: decimalText,
          inclVat: decimalText,
        }),
      ),
      total: MoneySchema,
      replaces: z.string().nullable(),
      creditedBy: z.string().nullable().meta({
        description: 'The credit that takes the bill back, with nothing billed instead.',
      }),
      correctionReason: z.string().nullable(),
      due: MoneySchema.meta({
        description: 'The total, or nothing of a bill that was taken back.',
      }),
      signedValues: z.array(
        z.strictObject({
          format: z.string(),
          record: z.string().optional(),
          recordHash: z.string().optional(),
          publicKey: z.string().optional(),
          keyEncoding: z.string().optional(),
          contexts: z.array(z.string()),
          verdict: z.enum(['valid', 'invalid', 'unverified']),
          message: z.string(),
        }),
      ),
      signedValuesLeftOut: z.int(),
      signedEnergyKwh: z.number().nullable(),
      meterSerial: z.string().nullable(),
      seal: z.strictObject({
        sequence: z.int(),
        hash: z.string(),
        signature: z.string(),
        keyId: z.string(),
      }),
    }),
  ])
  .meta({ id: 'Receipt' });

/** Shows a receipt. */
export const receiptView = ({ vat, issuer, ...receipt }: Receipt) => {
  const text = (amount: bigint): string => amountText(amount, receipt.total.currency);
  return {
    state: 'final' as const,
    ...receipt,
    issuer: issuerView(issuer),
    vat: vat.map(({ vatPercent, exclVat, inclVat }) => ({
      vatPercent,
      exclVat: text(exclVat),
      vat: text(inclVat - exclVat),
      inclVat: text(inclVat),
    })),
  };
};

/** A receipt as it is shown. */
export type ReceiptView = ReturnType<typeof receiptView>;
