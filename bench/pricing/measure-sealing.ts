import { noBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import { digestHex } from '../../core/cdr/seal/digest-hex.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import { v16 } from '../../core/ocpp/v16/version.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { pricingTariff } from './pricing-sample.ts';

const rounds = 9;
/** A CDR reads, measures, prices and explains its messages for so many times what it costs to parse and hash them. */
const mostOfLeast = 10;
const [few, many] = [500, 4_000] as const;
/** Wh that are added by each reading, ten seconds after the one before it. */
const step = 30;

const startedAt = Date.UTC(2026, 2, 19, 23);

const at = (reading: number): string => new Date(startedAt + reading * 10_000).toISOString();

const messagesOf = (readings: number): readonly StoredMessage[] =>
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

const sessionOf = (readings: number): Session => ({
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

const rules = {
  read: (message: StoredMessage) => decodeMessage(v16, message),
  price: priceSession,
};

/** CPU time in ms that some work takes, which does not depend on what else the machine does. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Parses and hashes so many messages, and nothing more: the least that a CDR costs that is based on them. */
function leastWork(messages: readonly StoredMessage[]): void {
  const parsed = messages.map(({ raw }) => JSON.parse(raw));
  digestHex(messages.map(({ raw }) => raw).join('\n'));
  if (parsed.length !== messages.length) throw new Error('not all messages were parsed');
}

/** A session of so many readings: its CDR, and the least work with its messages. */
function sessionWith(readings: number) {
  const [session, messages] = [sessionOf(readings), messagesOf(readings)];
  return {
    cdr: () => cpuOf(() => computeCdr(session, pricingTariff, messages, rules, noBasis)),
    least: () => cpuOf(() => leastWork(messages)),
  };
}

/**
 * How the CPU time to compute a CDR grows with its readings: eight times as many may take little more than eight times as long; and
 * how it compares with parsing and hashing the messages alone, in the same rounds.
 */
export function measureSealing(): readonly Row[] {
  const [short, long] = [sessionWith(few), sessionWith(many)];
  const times: { readonly few: number; readonly many: number; readonly least: number }[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const time = { few: short.cdr(), many: long.cdr(), least: long.least() };
    // The first rounds are compiled meanwhile.
    if (round >= 0) times.push(time);
  }
  const of = (name: 'few' | 'many' | 'least') => median(times.map((time) => time[name])).toFixed(0);
  return [
    atMost(
      `Computing a CDR, a reading: of ${many} readings / of ${few}`,
      1.5,
      median(times.map((time) => time.many / many / (time.few / few))),
      { unit: '×', note: `${of('few')} CPU-ms for ${few}, ${of('many')} for ${many}` },
    ),
    atMost(
      `Computing a CDR of ${many} readings / parsing and hashing its messages`,
      mostOfLeast,
      median(times.map((time) => time.many / time.least)),
      { unit: '×', note: `${of('many')} and ${of('least')} CPU-ms` },
    ),
  ];
}
