import type { AnomalyCode } from '../../../core/metering/model/anomaly-codes.ts';
import type { Noted } from '../../../core/metering/model/anomaly-collector.ts';
import { anomalyRecorder } from '../../../core/metering/model/anomaly-collector.ts';
import type { RegisterPoint } from '../../../core/metering/register/count-register-energy.ts';
import type { SessionWindow } from '../../../core/metering/register/session-window.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { type Instant, instant } from '../../../core/units/instant.ts';

/** A minute in milliseconds. */
export const minute = 60_000n;

/** A Wh in mWh. */
export const wattHour = 1000n;

const start = BigInt(Date.UTC(2026, 2, 2, 10));

/** So many minutes, and milliseconds, after ten o'clock. */
export const at = (minutes: number, milliseconds = 0): Instant =>
  instant(start + BigInt(minutes) * minute + BigInt(milliseconds));

/** A session from ten o'clock that is stopped after so many minutes. */
export const stoppedAfter = (
  minutes: number,
  stated: Partial<SessionWindow> = {},
): SessionWindow => ({
  startedAt: at(0),
  endedAt: at(minutes),
  stopped: true,
  ended: true,
  ...stated,
});

/** Registers by minute, in mWh. */
export const registers = (
  ...points: readonly (readonly [number, bigint])[]
): readonly RegisterPoint[] => points.map(([minutes, value]) => ({ at: at(minutes), value }));

/** The course of energy by minute, in mWh. */
export const course = (...points: readonly (readonly [number, bigint])[]) =>
  points.map(([minutes, energy]) => ({ at: at(minutes), energy: milliWattHours(energy) }));

/** Anomalies recorded by a call, each code once with its minute, and its result. */
export const noting = <Answer>(
  run: (recordAnomaly: ReturnType<typeof anomalyRecorder>) => Answer,
): { readonly answer: Answer; readonly notes: readonly (readonly [AnomalyCode, number])[] } => {
  const noted: Noted = new Map();
  const answer = run(anomalyRecorder(noted));
  const notes = [...noted].map(
    ([code, time]) => [code, Number(time - start) / Number(minute)] as const,
  );
  return { answer, notes };
};
