import { noBasis } from '../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../core/ocpp/decode-message.ts';
import { v16 } from '../core/ocpp/v16/version.ts';
import type { Session } from '../core/session/session.ts';
import { priceSession } from '../core/tariff/price-session.ts';
import { median } from './median.ts';
import { pricingTariff } from './pricing-sample.ts';
import { atMost, type Row } from './row.ts';

const rounds = 7;
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

/** A CDR to be computed from so many readings, which are there already; gives the ms that it takes. */
function timer(readings: number): () => number {
  const [session, messages] = [sessionOf(readings), messagesOf(readings)];
  return () => {
    const began = performance.now();
    computeCdr(session, pricingTariff, messages, rules, noBasis);
    return performance.now() - began;
  };
}

/** How the time to compute a CDR grows with its readings: eight times as many may take little more than eight times as long. */
export function measureSealing(): readonly Row[] {
  const timers = [timer(few), timer(many)] as const;
  const times: (readonly [number, number])[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const [one, other] = [timers[0](), timers[1]()];
    // The first rounds are compiled meanwhile.
    if (round >= 0) times.push([one, other]);
  }
  const perReading = times.map(([one, other]) => other / many / (one / few));
  const of = (index: 0 | 1) => median(times.map((pair) => pair[index])).toFixed(0);
  const note = `${of(0)} ms for ${few}, ${of(1)} ms for ${many}`;
  return [
    atMost(`Computing a CDR, a reading: of ${many} readings / of ${few}`, 1.5, median(perReading), {
      unit: '×',
      note,
    }),
  ];
}
