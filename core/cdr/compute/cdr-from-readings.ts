import type { Metered } from '../../metering/model/metered.ts';
import type { Session } from '../../session/session.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { applyPromoCode } from '../../tariff/promo-code/apply-promo-code.ts';
import { isTimeDependent } from '../../tariff/rate/is-time-dependent.ts';
import { rateCardOf } from '../../tariff/rate/rate-card.ts';
import { kwhNumber } from '../../units/format-kwh.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import type { CdrCandidate, CdrContent } from '../model/cdr.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import { evidenceOf } from '../seal/readings-hash.ts';
import { acceptableEnergy } from './acceptable-energy.ts';
import { decidedMetered, voidPrice, withEnergy } from './apply-decision.ts';
import { exceptionOf, priceException } from './billing-exception.ts';
import { type CdrBasis, noBasis } from './cdr-basis.ts';
import type { CdrRules, DecodedMessage } from './cdr-rules.ts';
import type { ChargerSays } from './charger-says.ts';
import { type CdrFindings, composeCdr, mustHold } from './compose-cdr.ts';
import { type MeasuredSession, measureSession, zoneOf } from './measured-session.ts';
import { coversSession, recordZone, type ZoneRecord } from './zone-record.ts';

/**
 * Computes a CDR from a session, the tariff that held at its start, all of its stored messages and what else it is based on.
 * The order of the messages and repetitions do not matter: the same evidence gives the same bytes, today and when it is
 * verified.
 */
export const cdrFromReadings = (
  session: Session,
  tariff: Tariff | undefined,
  stored: readonly StoredMessage[],
  rules: CdrRules,
  basis: CdrBasis = noBasis,
): CdrContent => computeCdr(session, tariff, stored, rules, basis).content;

/**
 * A CDR, and what it was made from: what is billed of the session, what was found about its signed values, and its price,
 * which a CDR that is held for that price does not state.
 */
export type ComputedCdr = MeasuredSession & {
  readonly content: CdrContent;
  readonly price?: Price;
  /** The words of its charger about its own doing. */
  readonly says: readonly ChargerSays[];
};

/** Computes a CDR like cdrFromReadings, and gives what it was made from along with it. */
export const computeCdr = (
  session: Session,
  tariff: Tariff | undefined,
  stored: readonly StoredMessage[],
  rules: CdrRules,
  given: CdrBasis,
): ComputedCdr => {
  const decoded = stored.map(rules.read);
  const says = decoded.flatMap(({ says: said }) => said ?? []);
  const { basis, measuredSession } = measureInZone(session, tariff, decoded, given);
  const { metered: measured, signed } = measuredSession;
  const metered = decidedMetered(measured, basis.decision);
  const found: CdrFindings = { session, measured, tariff, basis, ...(signed && { signed }) };
  const price = mustHold(found) ? undefined : priceOf(found, metered, rules);
  const composed = composeCdr(found, metered, price, evidenceOf(stored, rules.digest));
  const content =
    composed.total === null ? { ...composed, candidates: candidatesOf(found, rules) } : composed;
  return { content, metered, says, ...(signed && { signed }), ...(price && { price }) };
};

/**
 * The measurement of a session and what it is based on, with a record of the local time where it matters: where a time
 * came without a zone, or the tariff looks at the clock or the calendar. A record that was given counts as it is, as far
 * as it covers the session.
 */
const measureInZone = (
  session: Session,
  tariff: Tariff | undefined,
  decoded: readonly DecodedMessage[],
  { timeZoneData: given, ...basis }: CdrBasis,
): { readonly basis: CdrBasis; readonly measuredSession: MeasuredSession } => {
  const basedOn = (record?: ZoneRecord): CdrBasis =>
    record === undefined ? basis : { ...basis, timeZoneData: record };
  const measuredIn = (record?: ZoneRecord) => ({
    basis: basedOn(record),
    measuredSession: measureSession(session, decoded, basedOn(record)),
  });
  const first = measuredIn(given);
  const { metered } = first.measuredSession;
  if (given !== undefined && coversSession(given, metered)) return first;
  const readsLocalTimes = metered.anomalies.some(({ code }) => code === 'TS_NO_TZ');
  const isNeeded = readsLocalTimes || (tariff !== undefined && isTimeDependent(rateCardOf(tariff)));
  if (!isNeeded) return given === undefined ? first : measuredIn();
  const record = recordZone(session.timeZone, metered);
  // Where every time has a zone of its own, the record decides on the price alone.
  const isSame = given === undefined && !readsLocalTimes && decoded.every(hasOwnZones);
  return isSame
    ? { basis: basedOn(record), measuredSession: first.measuredSession }
    : measuredIn(record);
};

/** True if the states of a message are dated in a zone of their own; readings without one are an anomaly of their session. */
const hasOwnZones = ({ states }: DecodedMessage): boolean =>
  states.every(({ timestamp }) => parseInstant(timestamp).kind !== 'no-zone');

/** Energy and cost by each kind of evidence. */
const candidatesOf = (found: CdrFindings, rules: CdrRules): readonly CdrCandidate[] => {
  const { measured } = found;
  const accepted = acceptableEnergy(measured);
  return (measured.candidates ?? []).map(({ by, energy, reason }) => {
    const price = priceOf(found, withEnergy(measured, energy), rules);
    const isAccepted = energy === accepted;
    return {
      by,
      energyKwh: kwhNumber(energy),
      reason,
      total: price?.total ?? null,
      ...(isAccepted && { accepted: true as const }),
    };
  });
};

const priceOf = (
  { session, tariff, basis }: CdrFindings,
  metered: Metered,
  rules: CdrRules,
): Price | undefined => {
  if (basis.decision?.kind === 'void') return voidPrice(tariff);
  const priceBy = (by: Tariff) => rules.price(by, metered, zoneOf(session, basis));
  const exception = basis.settings && exceptionOf(basis.settings, session.stop, metered.energy);
  const price = tariff && priceException(exception, tariff, priceBy);
  return price && afterTariff(price, basis);
};

/** A deduction from the price that the tariff and its limits gave. */
const afterTariff = (price: Price, { promoCode }: CdrBasis): Price =>
  promoCode?.kind === 'redeemed' ? applyPromoCode(price, promoCode) : price;
