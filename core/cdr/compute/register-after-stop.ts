import { isMore } from '../../metering/energy/is-more.ts';
import { shownWh } from '../../metering/energy/shown-wh.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { Metered } from '../../metering/model/metered.ts';
import type { MeterReading, SampledValue } from '../../metering/model/reading.ts';
import { ownTimeOf } from '../../metering/points/charger-time.ts';
import { readDecimal, scaled } from '../../metering/points/read-decimal.ts';
import { anyChargerBound, physicalBound } from '../../metering/register/physical-bound.ts';
import { isOurStop } from '../../session/is-our-stop.ts';
import type { Session } from '../../session/session.ts';
import { ascending } from '../../units/ascending.ts';
import { milliWattHours } from '../../units/energy.ts';
import { isoInstant } from '../../units/instant.ts';

/**
 * Holds a session whose transaction goes on after its stop: a register that names it, and was measured and received after the stop, rose by
 * more than a tenth of its energy and 100 Wh. What names no transaction, or an impossible one, says nothing about this one.
 */
export const withRegisterAfterStop = (
  metered: Metered,
  session: Session,
  readings: readonly MeterReading[],
): Metered => {
  const rise = riseAfterStop(metered, session, readings);
  if (!isMore(metered.energy + rise, metered.energy)) return metered;
  const contradicted = anomalyOf('ENERGY_CONTRADICTED', isoInstant(metered.startedAt));
  const isKnown = metered.anomalies.some(({ code }) => code === contradicted.code);
  const energy = milliWattHours(metered.energy + rise);
  const reason = `The register rose by ${shownWh(rise)} after the stop.`;
  return {
    ...metered,
    hold: true,
    anomalies: isKnown ? metered.anomalies : [...metered.anomalies, contradicted],
    ...(metered.candidates && {
      candidates: [...metered.candidates, { by: 'other-register', energy, reason } as const],
    }),
  };
};

type Reached = { readonly at: number; readonly received: number; readonly register: bigint };

const riseAfterStop = (
  { meterStop }: Metered,
  { stop, timeZone, maxPowerW }: Session,
  readings: readonly MeterReading[],
): bigint => {
  // A session that we ended is reviewed by the rule that ended it.
  if (stop === undefined || isOurStop(stop) || meterStop === undefined) return 0n;
  const received = Date.parse(stop.receivedAt);
  // Most sessions have none: their readings are not looked at.
  if (readings.every((reading) => reading.receivedAt <= received)) return 0n;
  const endedAt = Date.parse(ownTimeOf(stop.endedAt, received, timeZone));
  const reached = readings.filter(({ guessed }) => !guessed).flatMap(reachedIn(timeZone));
  const isAfter = (one: Reached) => one.received > received && one.at > endedAt;
  // Readings may be of another register than the stop, as one that counts from the start.
  const begun = highest([
    meterStop.register,
    ...reached.filter((one) => !isAfter(one)).map(({ register }) => register),
  ]);
  const bound = physicalBound(maxPowerW) ?? anyChargerBound;
  return highest([
    0n,
    ...reached
      .filter(isAfter)
      .filter(({ at, register }) => register - begun <= bound(BigInt(at - endedAt)))
      .map(({ register }) => register - begun),
  ]);
};

const highest = (all: readonly bigint[]): bigint => all.toSorted(ascending).at(-1) ?? 0n;

const reachedIn =
  (timeZone: string) =>
  ({ timestamp, receivedAt, sampledValues }: MeterReading): readonly Reached[] =>
    sampledValues.flatMap((sampled) => {
      const register = registerOf(sampled);
      const at = Date.parse(ownTimeOf(timestamp, receivedAt, timeZone));
      return register === undefined ? [] : [{ at, received: receivedAt, register }];
    });

/** Decimals of mWh that a unit stands for. */
const placesOf: ReadonlyMap<string, number> = new Map([
  ['wh', 3],
  ['kwh', 6],
]);

/** The total that a value shows of the register at the outlet, in mWh. */
const registerOf = (sampled: SampledValue): bigint | undefined => {
  const { measurand, location, phase, format, value, unit = 'Wh', multiplier } = sampled;
  const isTotal = phase === undefined && location === 'Outlet' && format === 'raw';
  const places = placesOf.get(unit.toLowerCase());
  if (!isTotal || measurand !== 'Energy.Active.Import.Register' || places === undefined) {
    return undefined;
  }
  const read = readDecimal(value);
  return read && scaled(read.decimal, places + multiplier);
};
