import * as z from 'zod';
import { pathInWords } from '../../../core/ocpi/check/path-in-words.ts';
import type { HeldCdr } from '../../store/received/received-cdrs.ts';
import { decimalText, timeText } from '../common-schemas.ts';
import { PriceLineSchema } from '../tariffs/price-schema.ts';
import { PartnerCostSchema, partnerCost } from './partner-cost.ts';

const facts = {
  roamingCdrId: z.string(),
  partnerId: z.string(),
  countryCode: z.string(),
  partyId: z.string(),
  cdrId: z.string().meta({ description: 'The partner’s id.' }),
  sessionId: z.string().nullable(),
  verdict: z.enum(['agrees', 'differs', 'unpriced']).meta({
    description:
      'unpriced: no difference was found, but the price could not be computed; docs/ocpi.md has the differences by name.',
  }),
  differences: z.array(
    z.strictObject({
      code: z.string(),
      path: z.string().meta({
        description: 'The field of the CDR as the partner sent it, in the words of its version.',
      }),
      stated: z.string(),
      expected: z.string(),
      amount: decimalText.nullable().meta({
        description: 'Stated less expected, in the currency, kWh or hours; null for other things.',
      }),
    }),
  ),
  creditOf: z.string().nullable().meta({ description: 'The partner’s CDR that it takes back.' }),
  invoiceReferenceId: z.string().nullable().meta({ description: 'The invoice that bills it.' }),
  tokenId: z.string(),
  accountId: z.string().nullable(),
  locationId: z.string(),
  evseUid: z.string(),
  connectorId: z.string(),
  startedAt: timeText,
  endedAt: timeText,
  energyKwh: decimalText,
  totalHours: decimalText,
  total: PartnerCostSchema,
  receivedAt: timeText,
  checkedAt: timeText,
};

/** A CDR of a partner as it is listed. */
export const ReceivedCdrSchema = z.strictObject(facts).meta({ id: 'RoamingCdr' });

/** A CDR of a partner with all that its verdict was found by. */
export const SingleReceivedCdrSchema = z
  .strictObject({
    ...facts,
    price: z
      .strictObject({
        exclVat: decimalText.nullable(),
        inclVat: decimalText.nullable(),
        lines: z.array(PriceLineSchema),
        notes: z.array(z.string()),
      })
      .meta({
        description: 'Our price by its tariff and periods; null, with a note, where there is none.',
      }),
    periods: z.array(
      z.strictObject({
        startedAt: timeText,
        tariffId: z.string().nullable(),
        dimensions: z.array(z.strictObject({ type: z.string(), volume: decimalText })),
      }),
    ),
    remark: z.string().nullable(),
  })
  .meta({ id: 'SingleRoamingCdr' });

/** The version that a CDR came in: 2.1.1 alone embeds its location. */
const versionOf = ({ version, place }: HeldCdr) =>
  version ?? (place === undefined ? ('2.2.1' as const) : ('2.1.1' as const));

/** Shows a CDR of a partner. */
export const receivedCdrView = (held: HeldCdr) => {
  const { cdr, verdict, from } = held;
  return {
    roamingCdrId: held.receivedId,
    partnerId: from.partnerId,
    countryCode: cdr.countryCode,
    partyId: cdr.partyId,
    cdrId: cdr.id,
    sessionId: cdr.sessionId ?? null,
    verdict: verdict.verdict,
    differences: verdict.differences.map((one) => ({
      ...one,
      path: pathInWords(one.path, versionOf(held)),
      amount: one.amount ?? null,
    })),
    creditOf: cdr.credit === true ? (cdr.creditReferenceId ?? null) : null,
    invoiceReferenceId: cdr.invoiceReferenceId ?? null,
    tokenId: cdr.cdrToken.uid,
    accountId: held.accountId ?? null,
    locationId: cdr.location.id,
    evseUid: cdr.location.evseUid,
    connectorId: cdr.location.connectorId,
    startedAt: cdr.startDateTime,
    endedAt: cdr.endDateTime,
    energyKwh: cdr.totalEnergy,
    totalHours: cdr.totalTime,
    total: partnerCost(cdr.currency, cdr.totalCost),
    receivedAt: held.receivedAt,
    checkedAt: held.checkedAt,
  };
};

const priceView = ({ price }: HeldCdr['verdict']) =>
  price.kind === 'priced'
    ? {
        exclVat: price.exclVat,
        inclVat: price.inclVat,
        lines: [...price.lines],
        notes: [...price.notes],
      }
    : { exclVat: null, inclVat: null, lines: [], notes: [price.reason] };

/** Shows a CDR of a partner with all that its verdict was found by. */
export const singleReceivedCdrView = (held: HeldCdr) => ({
  ...receivedCdrView(held),
  price: priceView(held.verdict),
  periods: held.cdr.chargingPeriods.map(({ startDateTime, tariffId, dimensions }) => ({
    startedAt: startDateTime,
    tariffId: tariffId ?? null,
    dimensions: dimensions.map(({ type, volume }) => ({ type, volume })),
  })),
  remark: held.cdr.remark ?? null,
});
