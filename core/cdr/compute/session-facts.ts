import type { Session, SessionStart, SessionStop, StopRegisters } from '../../session/session.ts';
import type { CdrContent, CdrSessionFacts } from '../model/cdr.ts';

/** The part of a session that its CDR's evidence contains. */
export const sessionFacts = (session: Session): CdrSessionFacts => {
  const { transactionId, protocol, start, stop, stopRegisters, anomalies } = session;
  const { tariffId, maxPowerW, previousSessionId } = session;
  return {
    transactionId,
    protocol,
    ...(start !== undefined && { start: startFacts(start) }),
    ...(stop !== undefined && { stop: stopFacts(stop) }),
    ...(stopRegisters !== undefined && { stopRegisters: registerFacts(stopRegisters) }),
    ...(tariffId !== undefined && { tariffId }),
    ...(maxPowerW !== undefined && { maxPowerW: plainNumber(maxPowerW) }),
    ...(previousSessionId !== undefined && { previousSessionId }),
    anomalies,
  };
};

const startFacts = ({ meterStart, ...start }: SessionStart): SessionStart => ({
  ...start,
  ...(meterStart !== undefined && { meterStart: plainNumber(meterStart) }),
});

const stopFacts = ({ meterStop, ...stop }: SessionStop): SessionStop => ({
  ...stop,
  ...(meterStop !== undefined && { meterStop: plainNumber(meterStop) }),
});

const registerFacts = ({ lowest, highest }: StopRegisters): StopRegisters => ({
  lowest: plainNumber(lowest),
  highest: plainNumber(highest),
});

/** A number from the wire or from kW × 1000 in a form that canonical JSON takes: no more places than are metered with. */
export const plainNumber = (number: number): number =>
  Number(number.toFixed(Math.abs(number) < 1e11 ? 3 : 0));

/** The session as it was when its CDR was composed. */
export const sessionOfCdr = (content: CdrContent): Session => {
  const { sessionId, operatorId, chargerId, evseId, connectorId, timeZone } = content;
  const { session } = content.evidence;
  const identity = { sessionId, operatorId, chargerId, evseId, connectorId, timeZone };
  return { ...identity, ...session, state: session.stop === undefined ? 'active' : 'ended' };
};
