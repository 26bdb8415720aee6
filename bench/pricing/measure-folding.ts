import { accumulate, noRunningReadings } from '../../core/session/accumulate.ts';
import { decodeRunning, encodeRunning } from '../../core/session/encode-running.ts';
import { meteredOf } from '../../core/session/finish.ts';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { cpuOf, decoded, messagesOf, sessionOf } from './bench-session.ts';
import { pricingTariff } from './pricing-sample.ts';

const rounds = 9;
/** So often in each round: one takes less than a millisecond. */
const times = 200;
const readings = 45;
/** Two prices that hold all day, as most tariffs have them. */
const tariff: Tariff = { ...pricingTariff, elements: pricingTariff.elements.slice(-1) };
/** To fold a reading in reads what was kept of all before it, measures and prices them again: so many times what it costs to parse their messages. */
const mostOfLeast = 4.5;

/** How the CPU time to fold one more reading into a running session compares with parsing the messages of that session, in the same rounds. */
export function measureFolding(): readonly Row[] {
  const { stop: _isOver, ...session } = sessionOf(readings);
  const messages = messagesOf(readings);
  const reports = messages.map((message) => decoded(message).readings);
  const all = accumulate(noRunningReadings, reports.slice(0, -1).flat(), []);
  const [kept, news] = [encodeRunning(all), reports.at(-1) ?? []];
  const fold = (): void => {
    const running = accumulate(decodeRunning(kept), news, [], session.timeZone);
    priceSession(tariff, meteredOf(session, running), session.timeZone);
    encodeRunning(running);
  };
  const parse = (): void => {
    for (const { raw } of messages) JSON.parse(raw);
  };
  const repeated = (work: () => void) => (): void => {
    for (let n = 0; n < times; n += 1) work();
  };
  const measured: { readonly fold: number; readonly parse: number }[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const time = { fold: cpuOf(repeated(fold)), parse: cpuOf(repeated(parse)) };
    // The first rounds are compiled meanwhile.
    if (round >= 0) measured.push(time);
  }
  const each = median(measured.map((time) => time.fold)) / times;
  return [
    atMost(
      `Folding a reading into a running session of ${readings} / parsing its messages`,
      mostOfLeast,
      median(measured.map((time) => time.fold / time.parse)),
      { unit: '×', note: `${each.toFixed(2)} CPU-ms` },
    ),
  ];
}
