import { hash } from 'node:crypto';
import { noBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { cpuOf, decoded, messagesOf, sessionOf } from './bench-session.ts';
import { pricingTariff } from './pricing-sample.ts';

const rounds = 9;
/** A CDR reads, measures, prices and explains its messages for so many times what it costs to parse and hash them. */
const mostOfLeast = 10;
const [few, many] = [500, 4_000] as const;
const sha256 = (text: string): string => hash('sha256', text);

const rules = { read: decoded, price: priceSession, digest: sha256 };

/** Parses and hashes so many messages, and nothing more: the least that a CDR costs that is based on them. */
function leastWork(messages: readonly StoredMessage[]): void {
  const parsed = messages.map(({ raw }) => JSON.parse(raw));
  sha256(messages.map(({ raw }) => raw).join('\n'));
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
