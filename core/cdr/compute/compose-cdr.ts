import type { Anomaly } from '../../metering/model/anomaly.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { ActivityKind, MeterEnd, Metered } from '../../metering/model/metered.ts';
import { holds, sortAnomalies } from '../../metering/model/sort-anomalies.ts';
import { meteringRules } from '../../metering/rules.ts';
import type { Session } from '../../session/session.ts';
import { cdrIdOf } from '../../session/session-id.ts';
import type { Price } from '../../tariff/model/price.ts';
import { pricingRules } from '../../tariff/model/rules.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { validAt } from '../../tariff/model/valid-at.ts';
import { decimalOf, formatDecimal } from '../../units/decimal.ts';
import { kwhNumber } from '../../units/format-kwh.ts';
import { isoInstant } from '../../units/instant.ts';
import type { CdrContent, CdrMeterEnd } from '../model/cdr.ts';
import { cdrRules } from '../model/rules.ts';
import type { SignedFindings } from '../signed/signed-findings.ts';
import { signedRequirements } from '../signed/signed-requirements.ts';
import type { CdrBasis } from './cdr-basis.ts';
import { sessionFacts } from './session-facts.ts';
import { defaultLimits, limitAnomalies, limitsOf } from './session-limits.ts';

/** The evidence of a CDR: see readingsHash and countReadings. */
export type CdrEvidence = { readonly readings: number; readonly readingsHash: string };

/** The findings about a session before it is billed. */
export type CdrFindings = {
  readonly session: Session;
  /** The measured quantities, whatever an operator decided about them. */
  readonly measured: Metered;
  readonly tariff: Tariff | undefined;
  readonly basis: CdrBasis;
  /** Absent when the session has no signed values. */
  readonly signed?: SignedFindings;
};

/**
 * Everything that is to be known about a session before it is billed: what was noticed while its events arrived, what
 * its readings show, and what is missing for a bill. One `error` among them holds the CDR until an operator decides;
 * a decision takes none of them away.
 */
const sessionAnomalies = (
  { session, measured, tariff, basis, signed }: CdrFindings,
  price: Price | undefined,
): readonly Anomaly[] =>
  sortAnomalies([
    ...session.anomalies,
    ...measured.anomalies,
    ...(tariff === undefined || isDecidedTariff(basis) ? [anomalyOf('NO_TARIFF')] : []),
    ...(isOutOfDate(tariff, measured) ? [anomalyOf('TARIFF_NOT_VALID')] : []),
    ...(session.stop === undefined ? [anomalyOf('SESSION_NOT_ENDED')] : []),
    ...(unauthorized(session) && measured.energy > 0n ? [anomalyOf('UNAUTHORIZED_ENERGY')] : []),
    ...(unauthorized(session) && costs(price) ? [anomalyOf('UNAUTHORIZED_PRICE')] : []),
    ...limitAnomalies(
      { metered: measured, price },
      basis.limits ?? limitsOf(defaultLimits, tariff?.currency),
    ),
    ...promoAnomalies(basis),
    ...(signed?.anomalies ?? []),
    ...signedRequirements(tariff, signed, price),
  ]);

const promoAnomalies = ({ promoCode }: CdrBasis): readonly Anomaly[] =>
  promoCode?.kind === 'refused'
    ? [anomalyOf('PROMO_CODE_NOT_APPLIED', undefined, promoCode.reason)]
    : [];

/** A tariff chosen by an operator is not one that the charger had. */
const isDecidedTariff = ({ decision }: CdrBasis): boolean =>
  decision !== undefined && decision.kind !== 'void' && decision.tariffId !== undefined;

/** The charger still had the tariff, and the driver charged under it: the operator has to know, not to decide. */
const isOutOfDate = (tariff: Tariff | undefined, { startedAt }: Metered): boolean =>
  tariff !== undefined && validAt(tariff, startedAt) !== 'valid';

const costs = (price: Price | undefined): boolean =>
  price !== undefined &&
  [price.total.exclVat, price.total.inclVat].some((amount) => decimalOf(amount, 12) !== 0n);

/**
 * True when the CDR must wait for a decision of the operator whatever its price would be: it gets no price, no place
 * in the chain and no signature.
 */
export const mustHold = (found: CdrFindings): boolean =>
  isHeld(found, sessionAnomalies(found, undefined));

const isHeld = ({ basis }: CdrFindings, anomalies: readonly Anomaly[]): boolean =>
  basis.decision === undefined && holds(anomalies);

/**
 * Writes the CDR of an ended session. A CDR that must be held states no price, whatever `price` says: also where a
 * token that was not accepted would pay it. One that need not be held without a price is a bug and throws.
 */
export const composeCdr = (
  found: CdrFindings,
  metered: Metered,
  price: Price | undefined,
  evidence: CdrEvidence,
): CdrContent => {
  const { session, tariff, basis, signed } = found;
  const anomalies = sessionAnomalies(found, price);
  const isBilled = !isHeld(found, anomalies);
  if (isBilled && price === undefined) throw new Error('a billable CDR needs a price');
  const billed = isBilled ? price : undefined;
  return {
    cdrId: cdrIdOf(session.sessionId),
    sessionId: session.sessionId,
    operatorId: session.operatorId,
    chargerId: session.chargerId,
    evseId: session.evseId,
    connectorId: session.connectorId,
    // A charger that names no token sends an empty one, or none.
    tokenId: session.start?.tokenId || null,
    accountId: session.start?.accountId ?? null,
    ...times(metered),
    energyKwh: kwhNumber(metered.energy),
    meterStart: meterEnd(metered.meterStart),
    meterStop: meterEnd(metered.meterStop),
    tariff: tariff ?? null,
    timeZone: session.timeZone,
    periods: billed?.periods ?? [],
    lines: billed?.lines ?? [],
    total: billed?.total ?? null,
    unrounded: billed?.unrounded ?? null,
    ...(billed?.beforePromoCode !== undefined && { beforePromoCode: billed.beforePromoCode }),
    anomalies,
    creditOf: null,
    evidence: {
      readings: evidence.readings,
      readingsHash: evidence.readingsHash,
      quality: metered.quality,
      session: sessionFacts(session),
      basis,
      ...signed?.evidence,
      rules: { metering: meteringRules, pricing: pricingRules, cdr: cdrRules },
    },
  };
};

const unauthorized = ({ start }: Session): boolean =>
  start !== undefined && start.authorization !== 'Accepted';

const times = (metered: Metered) => {
  const { startedAt, endedAt } = metered;
  const durationSeconds = Number((endedAt - startedAt) / 1000n);
  const idleSeconds = Number(timeOf(metered, 'idle') / 1000n);
  const unusedSeconds = Number(timeOf(metered, 'unused') / 1000n);
  return {
    startedAt: isoInstant(startedAt),
    endedAt: isoInstant(endedAt),
    durationSeconds,
    chargingSeconds: durationSeconds - idleSeconds - unusedSeconds,
    idleSeconds,
    ...(unusedSeconds > 0 && { unusedSeconds }),
  };
};

const timeOf = ({ activities, endedAt }: Metered, wanted: ActivityKind): bigint =>
  activities.reduce((sum, { from, kind }, index) => {
    const to = activities[index + 1]?.from ?? endedAt;
    return kind === wanted ? sum + (to - from) : sum;
  }, 0n);

/** The longest that OCPP 2.1 carries. What is longer is in the readings alone: a CDR must fit into an item of the store. */
const longestSigned = 32_768;

const meterEnd = (end: MeterEnd | undefined): CdrMeterEnd | null =>
  end === undefined
    ? null
    : {
        wh: Number(formatDecimal(end.register, 3)),
        at: isoInstant(end.at),
        ...(end.signed !== undefined &&
          end.signed.length <= longestSigned && { signed: end.signed }),
      };
