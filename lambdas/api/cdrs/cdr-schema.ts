import * as z from 'zod';
import { AnomalySchema, MoneySchema, timeText } from '../common-schemas.ts';
import {
  BeforePromoCodeSchema,
  PriceLineSchema,
  PricePeriodSchema,
  UnroundedSchema,
} from '../tariffs/price-schema.ts';
import { TariffTermsSchema } from '../tariffs/tariff-schema.ts';
import { CorrectionEvidenceSchema, DecidedBySchema, EvidenceSchema } from './evidence-schema.ts';

const MeterEndSchema = z.strictObject({
  wh: z.number(),
  at: timeText,
  signed: z.string().optional(),
});

const CandidateSchema = z
  .strictObject({
    by: z.enum([
      'signed-values',
      'unverified-signed-values',
      'register-ends',
      'readings',
      'rises',
      'intervals',
      'power',
      'receipts',
      'other-register',
      'register-in-kwh',
      'register-in-thousandths',
      'since-previous-session',
      'stated',
    ]),
    energyKwh: z.number(),
    reason: z.string(),
    total: MoneySchema.nullable(),
    accepted: z.literal(true).optional(),
  })
  .meta({ id: 'CdrCandidate' });

const SealSchema = z
  .strictObject({
    sequence: z.int(),
    previousHash: z.string(),
    hash: z.string(),
    signature: z.string(),
    keyId: z.string(),
    publicKey: z.string().optional(),
  })
  .meta({ id: 'CdrSeal' });

/** A charge detail record: sealed, held or credited. */
export const CdrSchema = z
  .strictObject({
    cdrId: z.string(),
    sessionId: z.string(),
    operatorId: z.string(),
    chargerId: z.string(),
    evseId: z.int(),
    connectorId: z.int(),
    tokenId: z.string().nullable(),
    accountId: z.string().nullable(),
    startedAt: timeText,
    endedAt: timeText,
    durationSeconds: z.number(),
    chargingSeconds: z.number(),
    idleSeconds: z.number(),
    unusedSeconds: z.number().optional(),
    energyKwh: z.number(),
    meterStart: MeterEndSchema.nullable(),
    meterStop: MeterEndSchema.nullable(),
    tariff: TariffTermsSchema.nullable(),
    timeZone: z.string(),
    periods: z.array(PricePeriodSchema),
    lines: z.array(PriceLineSchema),
    total: MoneySchema.nullable(),
    unrounded: UnroundedSchema.nullable(),
    beforePromoCode: BeforePromoCodeSchema.optional(),
    anomalies: z.array(AnomalySchema),
    candidates: z.array(CandidateSchema).optional(),
    creditOf: z.string().nullable(),
    correction: CorrectionEvidenceSchema.optional().meta({
      description:
        'Of a credit that an operator ordered: why, by whom, and what is billed instead.',
    }),
    replaces: z.string().optional(),
    evidence: EvidenceSchema,
    state: z.enum(['sealed', 'held', 'credited']),
    seal: SealSchema.nullable(),
    creditedBy: z.string().optional(),
    receiptUrl: z.string().optional().meta({
      description:
        'Where the driver finds the receipt, if a link was made. Lists of CDRs do not have it.',
    }),
  })
  .meta({ id: 'Cdr' });

/** A decision about a held CDR as it was taken; the sealed CDR follows within seconds. */
export const DecisionSchema = z
  .strictObject({
    cdrId: z.string().optional(),
    sessionId: z.string(),
    decision: z.enum(['accept', 'setEnergy', 'void']),
    reason: z.string().optional(),
    energyKwh: z.number().optional(),
    tariffId: z.string().optional(),
    decidedAt: timeText,
    decidedBy: DecidedBySchema,
  })
  .meta({ id: 'CdrDecision' });
