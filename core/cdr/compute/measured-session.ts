import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { EnergyCandidate, MeterEnd, Metered } from '../../metering/model/metered.ts';
import { anyChargerBound } from '../../metering/register/physical-bound.ts';
import { isUnknownWh, registerFromWh } from '../../metering/register/register-from-wh.ts';
import { measurePushed } from '../../push/measure-pushed.ts';
import { finish, type MeteringExtras } from '../../session/finish.ts';
import type { Session } from '../../session/session.ts';
import type { MilliWattHours } from '../../units/energy.ts';
import { type Instant, instant, isoInstant } from '../../units/instant.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { type MilliWatts, milliWatts } from '../../units/power.ts';
import { type SignedFindings, signedFindings } from '../signed/signed-findings.ts';
import type { CdrBasis } from './cdr-basis.ts';
import type { DecodedMessage } from './cdr-rules.ts';
import { withRegisterAfterStop } from './register-after-stop.ts';
import { repeatedNumbers } from './repeated-numbers.ts';
import { recordedZone } from './zone-record.ts';

/** The measurement of a session, with the findings about its signed values if it has any. */
export type MeasuredSession = { readonly metered: Metered; readonly signed?: SignedFindings };

/**
 * The measurement of a session from its stored messages, decoded, and the other facts its CDR is based on. It is measured without its
 * signed values first, since these must lie in it to count; then by them.
 */
export const measureSession = (
  sessionAsKept: Session,
  decoded: readonly DecodedMessage[],
  basis: CdrBasis,
): MeasuredSession => withRepeated(measureDecoded(sessionAsKept, decoded, basis), decoded);

/** How many numbers are named; a charger that restarts its count repeats many. */
const mostNamed = 20;

/** Two different messages with the same number both count; but what else the charger numbered so is not to be known. */
const withRepeated = (
  measured: MeasuredSession,
  decoded: readonly DecodedMessage[],
): MeasuredSession => {
  const repeated = repeatedNumbers(decoded);
  if (repeated.length === 0) return measured;
  const more = repeated.length > mostNamed ? ' and more' : '';
  const detail = `Numbers: ${repeated.slice(0, mostNamed).join(', ')}${more}.`;
  const { metered } = measured;
  const ref = isoInstant(metered.startedAt);
  const anomalies = [...metered.anomalies, anomalyOf('SEQ_REPEATED', ref, detail)];
  return { ...measured, metered: { ...metered, anomalies } };
};

const measureDecoded = (
  sessionAsKept: Session,
  decoded: readonly DecodedMessage[],
  basis: CdrBasis,
): MeasuredSession => {
  const readings = decoded.flatMap(({ readings }) => readings);
  const states = decoded.flatMap(({ states }) => states);
  const session = { ...sessionAsKept, timeZone: zoneOf(sessionAsKept, basis) };
  if (session.protocol === 'push') return { metered: measurePushed(session, readings) };
  const extras = extrasOf(basis);
  const unsigned = finish(session, readings, states, extras);
  const signed = signedFindings(readings, session, basis, unsigned);
  const readOn = (metered: Metered) => withRegisterAfterStop(metered, session, readings);
  if (signed === undefined) return { metered: readOn(unsigned) };
  const { verified, texts, unbilled } = signed;
  const metered =
    verified === undefined
      ? withCandidate(withTexts(unsigned, texts), unbilled)
      : finish(session, readings, states, { ...extras, verified });
  return { metered: readOn(metered), signed };
};

/** The zone of a session: with the offsets that its basis records, or as our data have them. */
export const zoneOf = ({ timeZone }: Session, { timeZoneData }: CdrBasis): string =>
  timeZoneData === undefined ? timeZone : recordedZone(timeZoneData);

const extrasOf = (basis: CdrBasis): MeteringExtras => {
  const { previousRegister } = basis;
  return omitUndefined({
    previousRegister: registerOf(previousRegister?.wh),
    previousStart: registerOf(previousRegister?.startWh),
    previousEndedAt: instantOf(previousRegister?.endedAt),
    previousPower: basis.previousPowerW === undefined ? undefined : powerOf(basis.previousPowerW),
    registeredAt: instantOf(basis.chargerRegisteredAt),
    commissionedAt: instantOf(basis.chargerCommissionedAt),
    bootedAt: instantOf(basis.chargerBootedAt),
    connectedAt: instantOf(basis.chargerConnectedAt),
  });
};

/** The register of a previous session; a number that means "unknown" is none. */
const registerOf = (wh: number | undefined): MilliWattHours | undefined =>
  wh === undefined || isUnknownWh(wh) ? undefined : registerFromWh(wh);

const powerOf = (watts: number): MilliWatts => milliWatts(BigInt(watts) * 1000n);

const instantOf = (time: string | undefined): Instant | undefined =>
  time === undefined ? undefined : instant(BigInt(Date.parse(time)));

/** Where OCPP does not say which signed value is that of the start or the stop, the record itself does. */
const withTexts = (metered: Metered, { start, stop }: SignedFindings['texts']): Metered => ({
  ...metered,
  ...(metered.meterStart && { meterStart: withText(metered.meterStart, start) }),
  ...(metered.meterStop && { meterStop: withText(metered.meterStop, stop) }),
});

/** Signed values show more of a meter than all else, so what they show comes first; also where it is more than the registered power delivers. */
const withCandidate = (metered: Metered, candidate: EnergyCandidate | undefined): Metered => {
  const { candidates, startedAt, endedAt } = metered;
  const isPossible =
    candidate !== undefined && candidate.energy <= anyChargerBound(endedAt - startedAt);
  return candidates === undefined || !isPossible
    ? metered
    : { ...metered, candidates: [candidate, ...candidates] };
};

const withText = (end: MeterEnd, text: string | undefined): MeterEnd =>
  end.signed !== undefined || text === undefined ? end : { ...end, signed: text };
