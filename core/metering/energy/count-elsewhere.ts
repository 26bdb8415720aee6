import { ascending } from '../../units/ascending.ts';
import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { Clock } from '../points/correct-clock.ts';
import { type Points, type Sample, type Series, withoutChecks } from '../points/points.ts';
import { clockTolerance } from '../points/read-timestamp.ts';
import type { RegisterRules } from '../register/count-register-energy.ts';
import { type TotalSample, totalSamples } from '../register/total-samples.ts';
import { type CountedEnergy, rulesOf } from './count-energy.ts';
import { leastDrawn } from './integrate-power.ts';
import { isFarMore, isMore } from './is-more.ts';
import { riseOf } from './rise-of.ts';
import { risenBeyond } from './risen-beyond.ts';
import { risenToStop } from './risen-to-stop.ts';
import type { SessionView } from './session-view.ts';

/** The energy that the messages of a session show by another way to read their times, in mWh. */
export type ElsewhereEnergy = {
  readonly register: bigint;
  readonly intervals: bigint;
  readonly drawn: bigint;
};

/**
 * The energy of a session by other times than those by which it was counted: with all that names it and was received before its stop,
 * however that is dated, and in the order of the receipts. None where all of its readings are dated in it and live.
 */
export const countElsewhere = (
  all: Points,
  facts: MeteringFacts,
  view: SessionView,
): readonly ElsewhereEnergy[] => {
  const { stop } = facts;
  if (stop === undefined || !view.window.stopped || facts.verified !== undefined) return [];
  const until = instant(BigInt(stop.receivedAt));
  const points = withoutRepeats(all);
  return clocksOf(points, view, until).map((clock) =>
    takenBy(withoutChecks(points), clock, view, until, rulesOf(view, facts)),
  );
};

/** Points without what a later message repeats, as the stop does: of a reading that came twice its first receipt counts. */
const withoutRepeats = (points: Points): Points => ({
  ...points,
  series: new Map(
    [...points.series].map(([name, { key, samples }]): [string, Series] => [
      name,
      { key, samples: samples.filter((one, index) => !repeats(one, samples[index - 1])) },
    ]),
  ),
});

const repeats = ({ at, value }: Sample, before: Sample | undefined): boolean =>
  before?.at === at && before.value === value;

/**
 * Holds a session whose own readings show more energy than was counted because they are dated outside of it, or in an order in which
 * they did not come: a stop that is dated too early, or a reading that is dated too early, takes nothing away.
 */
export const checkElsewhere = (
  elsewhere: readonly ElsewhereEnergy[],
  { energy, quality }: CountedEnergy,
  { window }: SessionView,
  recordAnomaly: RecordAnomaly,
): void => {
  const isContradicted = elsewhere.some(
    ({ register, intervals, drawn }) =>
      isMore(register, energy) ||
      (quality === 'interval' ? isMore : isFarMore)(intervals, energy) ||
      isFarMore(drawn, energy),
  );
  if (isContradicted) recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
};

/** The other ways to read the times of a session; none where all of its readings are dated in it and live. */
const clocksOf = (
  { series }: Points,
  { window: { startedAt, endedAt }, readingClock }: SessionView,
  until: Instant,
): readonly Clock[] => {
  const samples = [...series.values()].flatMap((one) => one.samples);
  const isBeyond = samples.some((sample) => {
    const at = readingClock(sample);
    return (at > endedAt && at <= until) || at < startedAt;
  });
  // One that came after the stop is in no order of receipts up to it.
  const isLate = samples.some(({ received }) => received !== undefined && received <= until);
  return [
    ...(isBeyond ? [withinSession(readingClock, startedAt)] : []),
    ...(isLate && !cameInOrder(samples) ? [byReceipt(readingClock)] : []),
  ];
};

/**
 * Whether readings came in the order in which they are dated, as those do that waited for a connection: their receipts say nothing more of
 * them. What came within 5 minutes of its date may have come at the end of these; of two with one date there is no order.
 */
const cameInOrder = (samples: readonly Sample[]): boolean => {
  let [latest, before] = [0n, 0n];
  return samples
    .filter(({ offline }) => !offline)
    .toSorted((a, b) => ascending(a.at, b.at))
    .every(({ at, received = at + clockTolerance }) => {
      const isNext = received >= latest && (at > before || received === latest);
      [latest, before] = [received > latest ? received : latest, at];
      return isNext;
    });
};

const byReceipt =
  (clock: Clock): Clock =>
  (dated) =>
    dated.received ?? clock(dated);

/** A clock by which what is dated before the start but came later than that counts by its receipt. */
const withinSession =
  (clock: Clock, startedAt: Instant): Clock =>
  (dated) => {
    const at = clock(dated);
    const { received } = dated;
    const isAfter = received !== undefined && received > startedAt + clockTolerance;
    return at < startedAt && isAfter ? received : at;
  };

const silent = () => undefined;

/** The energy that was measured from the start to a time, by another clock: by the register, by intervals, and by power. */
const takenBy = (
  { series }: Points,
  clock: Clock,
  { line, window }: SessionView,
  until: Instant,
  rules: RegisterRules,
): ElsewhereEnergy => {
  const { startedAt, endedAt, startRegister } = window;
  const allSeries = [...series.values()];
  const totals = (quantity: 'register' | 'interval' | 'power'): readonly TotalSample[] =>
    [...totalSamples(allSeries, quantity, clock, silent)]
      .filter(([occasion]) => quantity !== 'interval' || occasion !== 'clock')
      .flatMap(([, samples]) => samples)
      .filter(({ at }) => at <= until)
      .sort((a, b) => ascending(a.at, b.at));
  const all = totals('register');
  const registers = all.filter(({ at }) => at >= startedAt);
  const begun = line.start === undefined ? registers : [line.start, ...registers];
  const rises = [registers, begun]
    .map((points) => riseOf(points, rules))
    .map(({ energy, isClean }) => (isClean ? energy : 0n));
  return {
    register:
      [
        ...rises,
        risenBeyond(begun, { startedAt, endedAt, until }, rules),
        startRegister === undefined ? risenToStop(all, line, until - startedAt, rules) : 0n,
      ]
        .sort(ascending)
        .at(-1) ?? 0n,
    intervals: totals('interval')
      .filter(({ at }) => at > startedAt)
      .reduce((sum, { value }) => sum + value, 0n),
    drawn: leastDrawn(totals('power').filter(({ at }) => at >= startedAt)),
  };
};
