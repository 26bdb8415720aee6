import type { Cdr, CdrSeal } from '../model/cdr.ts';
import {
  exactObject,
  flag,
  integer,
  listOf,
  nullable,
  number,
  object,
  type Shape,
  text,
  textLike,
} from './shape.ts';

/** A JSON value in the form that it must have, or the path of what does not have it. */
export type ReadShape<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'malformed'; readonly path: string };

const hash = textLike(/^[0-9a-f]{64}$/);
const amounts = { exclVat: text, inclVat: text };
const money = object({ currency: text, ...amounts });
const unrounded = object(amounts);
const limit = object({ exclVat: text }, { inclVat: text });

const sealShape = exactObject(
  { sequence: integer, previousHash: hash, hash, signature: text, keyId: text },
  { publicKey: text },
);

const tariffShape = object(
  {
    tariffId: text,
    version: integer,
    name: text,
    currency: text,
    elements: listOf(
      object(
        {
          priceComponents: listOf(
            object({ type: text, price: text, stepSize: number }, { vat: text }),
          ),
        },
        { restrictions: object({}) },
      ),
    ),
    rounding: object({ mode: text, scope: text }, { decimals: integer }),
  },
  {
    minPrice: limit,
    maxPrice: limit,
    idleGraceMinutes: number,
    idleCapMinutes: number,
    taxIncluded: flag,
    validFrom: text,
    validUntil: text,
    requireSignedValues: flag,
  },
);

const anomalies = listOf(object({ code: text, severity: text, message: text }));
const meterEnd = nullable(object({ wh: number, at: text }, { signed: text }));

const correction = { kind: text, reason: text, decidedAt: text, decidedBy: object({}) };

const sessionShape = object(
  { transactionId: text, protocol: text, anomalies },
  {
    start: object(
      { startedAt: text, receivedAt: text, tokenId: text, authorization: text },
      { meterStart: number, isContinued: flag, accountId: text, promoCode: text, tokenAt: text },
    ),
    stop: object(
      { endedAt: text, receivedAt: text, reason: text },
      {
        meterStop: number,
        tokenId: text,
        byHand: object({ reason: text, apiKeyId: text, name: text }),
      },
    ),
    tariffId: text,
    maxPowerW: number,
    previousSessionId: text,
  },
);

const evidenceShape = object(
  {
    readings: integer,
    readingsHash: hash,
    quality: text,
    session: sessionShape,
    basis: object(
      {},
      {
        decision: object({ kind: text, decidedAt: text, decidedBy: object({}) }),
        correction: object(
          { ...correction, cdrId: text, tariffId: text },
          { tariffVersion: integer },
        ),
        previousRegister: object(
          { sessionId: text, wh: number },
          { startWh: number, endedAt: text },
        ),
        previousSigned: object({
          sessionId: text,
          meterSerial: text,
          meterKeyId: text,
          wh: number,
        }),
        meterKeys: listOf(object({ publicKey: text, meterKeyId: text })),
        promoCode: object({ kind: text, code: text }),
        settings: object({}),
        limits: object({ longestSessionDays: number }, { highestPrice: text }),
        previousPowerW: integer,
        chargerCommissionedAt: text,
        chargerRegisteredAt: text,
        chargerBootedAt: text,
        chargerConnectedAt: text,
        timeZoneData: object({
          version: text,
          offsets: listOf(object({ from: text, minutes: integer })),
          until: text,
        }),
      },
    ),
    rules: object({ metering: integer, pricing: integer, cdr: integer }),
  },
  {
    signedValues: listOf(
      object(
        { format: text, contexts: listOf(text), verdict: object({ kind: text }) },
        { record: text, recordHash: text, publicKey: text },
      ),
    ),
    signedValuesLeftOut: integer,
    signedPair: object({ kind: text }),
  },
);

const cdrShape = object(
  {
    cdrId: text,
    sessionId: text,
    operatorId: text,
    chargerId: text,
    evseId: integer,
    connectorId: integer,
    tokenId: nullable(text),
    accountId: nullable(text),
    startedAt: text,
    endedAt: text,
    durationSeconds: integer,
    chargingSeconds: integer,
    idleSeconds: integer,
    energyKwh: number,
    meterStart: meterEnd,
    meterStop: meterEnd,
    tariff: nullable(tariffShape),
    timeZone: text,
    periods: listOf(object({ startedAt: text, endedAt: text, energyKwh: number })),
    lines: listOf(object({ component: text, quantity: text, ...amounts })),
    total: nullable(money),
    unrounded: nullable(unrounded),
    anomalies,
    creditOf: nullable(text),
    evidence: evidenceShape,
    state: text,
    seal: nullable(sealShape),
  },
  {
    unusedSeconds: integer,
    beforePromoCode: object({ total: money, unrounded }),
    candidates: listOf(
      object(
        { by: text, energyKwh: number, reason: text, total: nullable(money) },
        { accepted: flag },
      ),
    ),
    correction: object(correction, { tariffId: text, tariffVersion: integer }),
    replaces: text,
    creditedBy: text,
    receiptUrl: text,
  },
);

/**
 * Reads a JSON value as a CDR of ours, by its form alone: types, required members, and no unknown member in the seal. The
 * path of the first value that does not have its form, otherwise; empty where that is the whole.
 */
export const readCdrShape = (value: unknown): ReadShape<Cdr> => readAs<Cdr>(cdrShape, value);

/** Reads the seal of a CDR from a JSON value: of the CDR whole, likewise. */
export const readSealOf = (value: unknown): ReadShape<CdrSeal> => {
  const read = readAs<{ readonly seal: CdrSeal }>(object({ seal: sealShape }), value);
  return read.kind === 'read' ? { kind: 'read', value: read.value.seal } : read;
};

const readAs = <Value>(shape: Shape, value: unknown): ReadShape<Value> => {
  const path = shape(value, '');
  return path === undefined ? { kind: 'read', value: value as Value } : { kind: 'malformed', path };
};
