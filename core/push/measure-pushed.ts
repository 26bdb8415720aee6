import type { Anomaly } from '../metering/model/anomaly.ts';
import { type AnomalyCode, anomalyOf } from '../metering/model/anomaly-codes.ts';
import type { EnergyPoint, Metered } from '../metering/model/metered.ts';
import type { MeterReading } from '../metering/model/reading.ts';
import { holds, sortAnomalies } from '../metering/model/sort-anomalies.ts';
import { anyChargerBound, physicalBound } from '../metering/register/physical-bound.ts';
import type { Session } from '../session/session.ts';
import { decimalOf } from '../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../units/energy.ts';
import { formatKwh } from '../units/format-kwh.ts';
import { type Instant, instant, isoInstant } from '../units/instant.ts';
import { parseInstant } from '../units/parse-instant.ts';

/** How far the clock of a third party may be ahead of ours, in ms: 5 minutes, as that of a charger. */
const clockTolerance = 300_000n;

/**
 * The measurement of a pushed session: its energy is the one that was stated, spread evenly over its time, in all of which the
 * vehicle counts as charging. Nothing of it is measured or corrected; what cannot be so holds its CDR. Throws for a session whose
 * times were not validated.
 */
export const measurePushed = (session: Session, readings: readonly MeterReading[]): Metered => {
  const startedAt = timeOf(session.start?.startedAt);
  const statedEnd = timeOf(session.stop?.endedAt);
  const isNegative = statedEnd < startedAt;
  const endedAt = isNegative ? startedAt : statedEnd;
  const stated = statedEnergy(readings);
  const energy = stated ?? milliWattHours(0n);
  const bound = physicalBound(session.maxPowerW) ?? anyChargerBound;
  const receivedAt = BigInt(Date.parse(session.stop?.receivedAt ?? ''));
  const ref = isoInstant(startedAt);
  const anomalies = sortAnomalies([
    ...found('TIME_NEGATIVE', isNegative, ref),
    ...found('ENDS_IN_FUTURE', statedEnd > receivedAt + clockTolerance, isoInstant(statedEnd)),
    ...found('NO_METER_DATA', stated === undefined, ref),
    ...found('ENERGY_STATED', stated !== undefined, ref),
    ...found('ZERO_ENERGY', stated === 0n, ref),
    ...found('ENERGY_EXCEEDS_PHYSICAL', !isNegative && energy > bound(endedAt - startedAt), ref),
  ]);
  return {
    startedAt,
    endedAt,
    energy,
    quality: stated === undefined ? 'none' : 'stated',
    hold: holds(anomalies),
    anomalies,
    series: evenly(startedAt, endedAt, energy),
    activities: [{ from: startedAt, kind: 'charging' }],
    // A session without a length has no price that anybody could decide for.
    ...(isNegative || stated === undefined ? {} : { candidates: [candidateOf(energy)] }),
  };
};

const found = (code: AnomalyCode, isSo: boolean, ref: string): readonly Anomaly[] =>
  isSo ? [anomalyOf(code, ref)] : [];

const timeOf = (time: string | undefined): Instant => {
  const parsed = parseInstant(time ?? '');
  if (parsed.kind !== 'instant') throw new Error('a pushed session without its times');
  return instant(parsed.at);
};

const statedEnergy = (readings: readonly MeterReading[]): MilliWattHours | undefined => {
  const value = readings[0]?.sampledValues[0]?.value;
  return value === undefined ? undefined : milliWattHours(decimalOf(value, 6));
};

const evenly = (
  startedAt: Instant,
  endedAt: Instant,
  energy: MilliWattHours,
): readonly EnergyPoint[] => {
  const start = { at: startedAt, energy: milliWattHours(0n) };
  return energy === 0n && startedAt === endedAt ? [start] : [start, { at: endedAt, energy }];
};

const candidateOf = (energy: MilliWattHours) => ({
  by: 'stated' as const,
  energy,
  reason: `The third party that pushed the session stated ${formatKwh(energy)} kWh.`,
});
