import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import { longestKept } from '../points/read-timestamp.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import type { SessionWindow } from '../register/session-window.ts';

/** How far a register may have gone on since the session that it continues, in mWh: 10 Wh back, sessions of 100 kWh on. */
const jitter = 10_000n;
const between = 100_000_000n;

/**
 * Holds a session whose date cannot be, though all of its times agree with each other: it was over before its charger was
 * commissioned, or long before the charger was registered, or before the end of another session whose register it continues.
 */
export const auditDate = (
  { start, stop }: RegisterTimeline,
  { startedAt, endedAt }: SessionWindow,
  { registeredAt, commissionedAt, previousRegister, previousEndedAt }: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  const isBefore = (at: Instant | undefined, by = 0n): boolean =>
    at !== undefined && endedAt + by < at;
  if (isBefore(commissionedAt)) recordAnomaly('BEFORE_COMMISSIONING', startedAt);
  if (isBefore(registeredAt, longestKept)) recordAnomaly('BEFORE_REGISTRATION', startedAt);
  if (start === undefined || stop === undefined || previousRegister === undefined) return;
  const gap = start.value - previousRegister;
  const goesOn = gap <= between && gap >= -jitter && stop.value > previousRegister + jitter;
  if (isBefore(previousEndedAt) && goesOn && previousRegister > 0n) {
    recordAnomaly('BEFORE_PREVIOUS_SESSION', startedAt);
  }
};
