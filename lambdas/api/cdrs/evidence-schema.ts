import * as z from 'zod';
import { abortReasons } from '../../../core/cdr/compute/billing-settings.ts';
import { protocols } from '../../../core/ocpp/protocol.ts';
import { AnomalySchema, decimalText, timeText } from '../common-schemas.ts';
import { BenefitSchema } from '../tariffs/promo-code-view.ts';

/** Times as the charger sent them, which may be no times at all. */
const asSent = z.string().meta({ description: 'As the charger sent it.' });

const SessionFactsSchema = z.strictObject({
  transactionId: z.string(),
  protocol: z.enum([...protocols, 'push']),
  start: z
    .strictObject({
      startedAt: asSent,
      receivedAt: timeText,
      meterStart: z.number().optional(),
      isContinued: z.literal(true).optional(),
      tokenId: z.string(),
      accountId: z.string().optional(),
      authorization: z.string(),
      promoCode: z.string().optional(),
      tokenAt: z.string().optional(),
    })
    .optional(),
  stop: z
    .strictObject({
      endedAt: asSent,
      receivedAt: timeText,
      meterStop: z.number().optional(),
      reason: z.string(),
      tokenId: z.string().optional(),
      byHand: z
        .strictObject({ reason: z.string(), apiKeyId: z.string(), name: z.string() })
        .optional()
        .meta({ description: 'Who ended the session by hand, and why.' }),
    })
    .optional(),
  stopRegisters: z.strictObject({ lowest: z.number(), highest: z.number() }).optional().meta({
    description: 'In Wh, of all stops of the session, where several different ones came.',
  }),
  tariffId: z.string().optional(),
  maxPowerW: z.number().optional(),
  previousSessionId: z.string().optional(),
  anomalies: z.array(AnomalySchema),
});

/** Who took a decision: the API key that was used, or the invocation of a button of a dashboard, with the name that they gave. */
export const DecidedBySchema = z.union([
  z.strictObject({ apiKeyId: z.string(), name: z.string() }),
  z.strictObject({ invocationId: z.string(), name: z.string() }),
]);

const decided = {
  decidedAt: timeText,
  decidedBy: DecidedBySchema,
};

const BasisDecisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accept'),
    reason: z.string().optional(),
    tariffId: z.string().optional(),
    ...decided,
  }),
  z.strictObject({
    kind: z.literal('setEnergy'),
    energyKwh: z.number(),
    reason: z.string(),
    tariffId: z.string().optional(),
    ...decided,
  }),
  z.strictObject({ kind: z.literal('void'), reason: z.string(), ...decided }),
]);

const tariffCorrection = {
  kind: z.literal('tariff'),
  reason: z.string(),
  tariffId: z.string(),
  tariffVersion: z.int().optional(),
  ...decided,
};

/** An operator's correction, as it is sealed with the credit. */
export const CorrectionEvidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject(tariffCorrection),
  z.strictObject({ kind: z.literal('credit'), reason: z.string(), ...decided }),
]);

const BasisMeterKeySchema = z.strictObject({
  meterKeyId: z.string(),
  publicKey: z.string(),
  encoding: z.enum(['hex', 'base64']).optional(),
  connector: z.strictObject({ evseId: z.int(), connectorId: z.int() }).optional(),
  meterSerial: z.string().optional(),
  validFrom: timeText.optional(),
  validUntil: timeText.optional(),
});

const BasisPromoCodeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('redeemed'),
    code: z.string(),
    benefit: BenefitSchema,
    redeemedAt: timeText,
  }),
  z.strictObject({ kind: z.literal('refused'), code: z.string(), reason: z.string() }),
]);

const BasisSchema = z.strictObject({
  decision: BasisDecisionSchema.optional(),
  correction: z
    .strictObject({ ...tariffCorrection, cdrId: z.string() })
    .optional()
    .meta({
      description:
        'Why the session is billed by another tariff than at its start; cdrId was credited for it.',
    }),
  previousRegister: z
    .strictObject({
      sessionId: z.string(),
      wh: z.number(),
      startWh: z.number().optional(),
      endedAt: timeText.optional(),
    })
    .optional(),
  previousSigned: z
    .strictObject({
      sessionId: z.string(),
      meterSerial: z.string(),
      meterKeyId: z.string(),
      wh: z.number(),
    })
    .optional(),
  previousPowerW: z.int().optional(),
  chargerCommissionedAt: timeText.optional(),
  chargerRegisteredAt: timeText.optional(),
  chargerBootedAt: timeText.optional(),
  chargerConnectedAt: timeText.optional(),
  meterKeys: z.array(BasisMeterKeySchema).optional(),
  promoCode: BasisPromoCodeSchema.optional(),
  settings: z
    .strictObject({
      zeroEnergy: z.strictObject({ bill: z.enum(['nothing', 'tariff']), upToKwh: z.number() }),
      aborted: z.strictObject({
        waiveSessionFee: z.boolean(),
        stopReasons: z.array(z.enum(abortReasons)),
      }),
    })
    .optional(),
  limits: z
    .strictObject({ longestSessionDays: z.number(), highestPrice: decimalText.optional() })
    .optional(),
  timeZoneData: z
    .strictObject({
      version: z.string(),
      offsets: z.array(z.strictObject({ from: timeText, minutes: z.int() })),
      until: timeText,
    })
    .optional(),
});

const SignedValueSchema = z.strictObject({
  format: z.enum(['ocmf', 'alfen', 'edl', 'mennekes', 'pcdf', 'unknown']),
  record: z.string().optional(),
  recordHash: z.string().optional(),
  publicKey: z.string().optional(),
  contexts: z.array(z.string()),
  verdict: z.strictObject({
    kind: z.enum(['valid', 'invalid', 'unverified']),
    reason: z.string().optional(),
    message: z.string(),
    remarks: z.array(z.string()),
    meterKeyId: z.string().optional(),
  }),
});

const SignedPairSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pair'),
    startedAt: timeText,
    endedAt: timeText,
    energyKwh: z.number(),
    meterSerial: z.string(),
    time: z.enum(['clock', 'duration', 'none']),
    stray: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('no-pair'), problems: z.array(z.string()) }),
]);

/** The facts a CDR was computed from: with the readings all that `joulegate verify` needs. */
export const EvidenceSchema = z
  .strictObject({
    readings: z.int(),
    readingsHash: z.string(),
    quality: z.enum(['signed', 'register', 'interval', 'power', 'none', 'stated', 'decided']),
    session: SessionFactsSchema,
    basis: BasisSchema,
    rules: z.strictObject({ metering: z.int(), pricing: z.int(), cdr: z.int() }),
    signedValues: z.array(SignedValueSchema).optional(),
    signedValuesLeftOut: z.int().optional(),
    signedPair: SignedPairSchema.optional(),
  })
  .meta({
    id: 'CdrEvidence',
    description: 'The facts a CDR was computed from; joulegate verify checks it by them.',
  });
