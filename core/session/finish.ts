import { measure } from '../metering/measure.ts';
import type { Metered } from '../metering/model/metered.ts';
import type { MeteringFacts, SessionEnd } from '../metering/model/metering-facts.ts';
import type { ConnectorState, MeterReading } from '../metering/model/reading.ts';
import { accumulate, noRunningReadings, type RunningReadings } from './accumulate.ts';
import type { Session } from './session.ts';

/** Facts known only to the operator or another session that the bill may depend on. */
export type MeteringExtras = Pick<
  MeteringFacts,
  | 'rolloverWh'
  | 'previousRegister'
  | 'previousStart'
  | 'previousEndedAt'
  | 'previousPower'
  | 'registeredAt'
  | 'commissionedAt'
  | 'bootedAt'
  | 'connectedAt'
  | 'verified'
>;

/**
 * The measurement of a session by what has arrived so far; with everything, its final result: running and final are this
 * one function. A running session ends at its latest reading. Throws for a session without start, stop and readings.
 */
export const meteredOf = (
  session: Session,
  { points, states }: RunningReadings,
  extras: MeteringExtras = {},
): Metered => {
  const { start, stop, stopRegisters, maxPowerW, timeZone } = session;
  const facts: MeteringFacts = {
    ...extras,
    timeZone,
    ...(start && { start: endOf(start.startedAt, start.receivedAt, start.meterStart) }),
    ...(stop && { stop: endOf(stop.endedAt, stop.receivedAt, stop.meterStop) }),
    ...(stopRegisters && { stopRegisters }),
    ...(maxPowerW !== undefined && { maxPowerW }),
  };
  return measure(points, facts, states);
};

/** The measurement of a session from all of its readings and connector states. */
export const finish = (
  session: Session,
  readings: readonly MeterReading[],
  states: readonly ConnectorState[],
  extras: MeteringExtras = {},
): Metered =>
  meteredOf(session, accumulate(noRunningReadings, readings, states, session.timeZone), extras);

const endOf = (
  timestamp: string,
  receivedAt: string,
  registerWh: number | undefined,
): SessionEnd => ({
  timestamp,
  receivedAt: Date.parse(receivedAt),
  ...(registerWh !== undefined && { registerWh }),
});
