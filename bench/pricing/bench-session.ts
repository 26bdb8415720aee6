import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import { v16 } from '../../core/ocpp/v16/version.ts';
import type { Session } from '../../core/session/session.ts';

/** Wh that are added by each reading, ten seconds after the one before it. */
const step = 30;

const startedAt = Date.UTC(2026, 2, 19, 23);

const at = (reading: number): string => new Date(startedAt + reading * 10_000).toISOString();

/** So many messages of a session, each with its register and its power. */
export const messagesOf = (readings: number): readonly StoredMessage[] =>
  Array.from({ length: readings }, (_, n) => {
    const sampledValue = [
      { value: String(n * step), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: '10800', measurand: 'Power.Active.Import', unit: 'W' },
    ];
    const meterValue = [{ timestamp: at(n), sampledValue }];
    const raw = JSON.stringify({ connectorId: 1, transactionId: 7, meterValue });
    const key = `${at(n)}#meter#${n}`;
    return { key, kind: 'meter', receivedAt: at(n), evseId: 1, connectorId: 1, raw };
  });

/** The session that has so many readings, over. */
export const sessionOf = (readings: number): Session => ({
  sessionId: 'ses_bench',
  operatorId: 'op_bench',
  chargerId: 'CP-1',
  evseId: 1,
  connectorId: 1,
  transactionId: '7',
  protocol: 'ocpp1.6',
  state: 'ended',
  timeZone: 'Europe/Berlin',
  maxPowerW: 11_000,
  start: {
    startedAt: at(0),
    receivedAt: at(0),
    meterStart: 0,
    tokenId: 'TAG',
    authorization: 'Accepted',
  },
  stop: {
    endedAt: at(readings),
    receivedAt: at(readings),
    meterStop: readings * step,
    reason: 'Local',
  },
  anomalies: [],
});

/** Decodes a message as the functions do. */
export const decoded = (message: StoredMessage) => decodeMessage(v16, message);

/** CPU time in ms that some work takes, which does not depend on what else the machine does. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
