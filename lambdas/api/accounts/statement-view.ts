import * as z from 'zod';
import { billFigures, type RoamingBill } from '../../../core/account/roaming-bill.ts';
import type { BilledCdr, CurrencySum } from '../../../core/account/statement.ts';
import { signOf } from '../../../core/analytics/figures.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import { decimalText, MoneySchema, timeText } from '../common-schemas.ts';
import { IssuerSchema, issuerView } from '../issuer/issuer-form.ts';
import { amountText } from './account-view.ts';
import type { ReadStatement } from './read-statement.ts';

const vatPercent = decimalText.nullable().meta({
  description:
    'Null without VAT, and for what limits of the price and promo codes change in a CDR of several rates.',
});

/** All that an account is billed for a month. */
export const StatementSchema = z
  .strictObject({
    accountId: z.string(),
    name: z.string().nullable(),
    month: z.string(),
    issuer: IssuerSchema.nullable().meta({ description: 'As the settings say it now.' }),
    sums: z
      .array(
        z.strictObject({
          currency: z.string(),
          sessions: z.int().meta({ description: 'CDRs less credits that another CDR follows.' }),
          energyKwh: z.number(),
          total: MoneySchema,
          vat: z.array(
            z.strictObject({
              vatPercent,
              exclVat: decimalText,
              vat: decimalText,
              inclVat: decimalText,
            }),
          ),
        }),
      )
      .meta({ description: 'One for each currency; they are never added together.' }),
    cdrs: z.array(
      z.strictObject({
        cdrId: z.string(),
        sessionId: z.string(),
        chargerId: z.string(),
        tokenId: z.string().nullable(),
        startedAt: timeText,
        endedAt: timeText,
        timeZone: z.string(),
        energyKwh: z.number(),
        total: MoneySchema,
        creditOf: z.string().nullable(),
      }),
    ),
    roaming: z
      .array(
        z.strictObject({
          roamingCdrId: z.string(),
          partnerId: z.string(),
          cdrId: z.string().meta({ description: 'The partner’s id.' }),
          sessionId: z.string().nullable(),
          evseUid: z.string(),
          tokenId: z.string(),
          verdict: z.string().meta({ description: 'Ours on the CDR.' }),
          startedAt: timeText,
          endedAt: timeText,
          timeZone: z.string(),
          energyKwh: z.number(),
          total: MoneySchema,
          creditOf: z.string().nullable(),
        }),
      )
      .meta({
        description:
          'CDRs of roaming partners, at the price that they state, without VAT where they state none. The sums have them too.',
      }),
  })
  .meta({ id: 'Statement' });

const sumView = ({ currency, figures, vat }: CurrencySum) => {
  const text = (amount: bigint): string => amountText(amount, currency);
  return {
    currency,
    sessions: Number(figures.sessions),
    energyKwh: kwhNumber(figures.energy),
    total: { currency, exclVat: text(figures.exclVat), inclVat: text(figures.inclVat) },
    vat: vat.map((one) => ({
      vatPercent: one.vatPercent,
      exclVat: text(one.exclVat),
      vat: text(one.inclVat - one.exclVat),
      inclVat: text(one.inclVat),
    })),
  };
};

/** Shows a CDR on a statement; a credit takes its energy back, where another CDR bills it. */
const entryView = (cdr: BilledCdr) => ({
  cdrId: cdr.cdrId,
  sessionId: cdr.sessionId,
  chargerId: cdr.chargerId,
  tokenId: cdr.tokenId,
  startedAt: cdr.startedAt,
  endedAt: cdr.endedAt,
  timeZone: cdr.timeZone,
  energyKwh: cdr.energyKwh === 0 ? 0 : cdr.energyKwh * Number(signOf(cdr)),
  total: cdr.total,
  creditOf: cdr.creditOf,
});

/** Shows a CDR of a roaming partner on a statement. */
const billView = (bill: RoamingBill, held: ReadStatement['held']) => {
  const { cdr, cdrId } = bill;
  const { energy, exclVat, inclVat } = billFigures(bill);
  const text = (amount: bigint): string => amountText(amount, cdr.currency);
  return {
    roamingCdrId: cdrId,
    partnerId: held.get(cdrId)?.from.partnerId ?? '',
    cdrId: cdr.id,
    sessionId: cdr.sessionId ?? null,
    evseUid: cdr.location.evseUid,
    tokenId: cdr.cdrToken.uid,
    verdict: held.get(cdrId)?.verdict.verdict ?? '',
    startedAt: cdr.startDateTime,
    endedAt: cdr.endDateTime,
    timeZone: bill.timeZone,
    energyKwh: kwhNumber(energy),
    total: { currency: cdr.currency, exclVat: text(exclVat), inclVat: text(inclVat) },
    creditOf: cdr.credit === true ? (cdr.creditReferenceId ?? null) : null,
  };
};

/** Shows a statement. `name` is the account's, where it is registered; `issuer` who sells. */
export const statementView = (
  accountId: string,
  name: string | null,
  { statement: { month, sums, cdrs, roaming }, held, issuer }: ReadStatement,
) => ({
  accountId,
  name,
  month,
  issuer: issuerView(issuer),
  sums: sums.map(sumView),
  cdrs: cdrs.map(entryView),
  roaming: roaming.map((bill) => billView(bill, held)),
});

/** A statement as it is shown. */
export type StatementView = ReturnType<typeof statementView>;
