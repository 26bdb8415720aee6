import { ascending, isAscending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Clock } from '../points/correct-clock.ts';
import type { MeasuredQuantity, Occasion, Sample, Series } from '../points/points.ts';

/** A value of the whole connector at a corrected time, and the lesser of two intervals that were given for it. */
export type TotalSample = {
  readonly at: Instant;
  readonly value: bigint;
  readonly lesser?: bigint;
};

/** Values by phase at one time. */
type ByPhase = Map<string, bigint>;

/** The values of one time, and of each phase that was given two of them the lesser one. */
type AtOnce = { readonly phases: ByPhase; readonly lesser: ByPhase };

/** One place's values of one quantity, by occasion and time. */
type Place = Map<Occasion, Map<Instant, AtOnce>>;

const lines = ['L1', 'L2', 'L3'];
const toNeutral = ['L1-N', 'L2-N', 'L3-N'];
const rank = ['Outlet', 'Cable', 'Body', 'Inlet', 'Other'];

/** The place nearest to the outlet at which a quantity was measured; undefined where it was not. */
export const nearestPlace = (
  series: readonly Series[],
  quantity: MeasuredQuantity,
): string | undefined =>
  series
    .filter(({ key }) => key.quantity === quantity)
    .map(({ key }) => key.location)
    .sort((a, b) => rank.indexOf(a) - rank.indexOf(b))[0];

/**
 * Turns the series of one quantity into totals of the connector: of several places the one nearest to the outlet that
 * was measured at least twice, and there the overall value, or else the sum of its phases. Two values of one time and
 * phase: the larger. Phases that each show the same are taken for the total, unless `areParts` says that each is a part of it.
 */
export const totalSamples = (
  series: readonly Series[],
  quantity: MeasuredQuantity,
  clock: Clock,
  recordAnomaly: RecordAnomaly,
  areParts = false,
): ReadonlyMap<Occasion, readonly TotalSample[]> => {
  const measured = series.filter(({ key }) => key.quantity === quantity);
  const plain = plainTotals(measured, clock);
  if (plain !== undefined) return plain;
  const places = placesOf(measured, clock, recordAnomaly);
  const place = bestPlace(places, recordAnomaly);
  if (place === undefined) return new Map();
  const isRate = quantity === 'power' || quantity === 'current';
  const repeats = !(isRate || areParts) && phasesRepeatTotal(place);
  const total = (phases: ByPhase, at: Instant): bigint | undefined =>
    totalOf(phases, repeats, (code) => recordAnomaly(code, at));
  if (quantity === 'interval' && !repeats) notePartial(place, recordAnomaly);
  return new Map([...place].map(([occasion, byTime]) => [occasion, totalsOf(byTime, total)]));
};

/**
 * The samples of one place where every time has one overall value, as of most meters: they are the totals. Undefined for all others. The
 * running view of a session asks this with each reading.
 */
const plainTotals = (
  series: readonly Series[],
  clock: Clock,
): ReadonlyMap<Occasion, readonly TotalSample[]> | undefined => {
  const location = series[0]?.key.location;
  if (series.some(({ key }) => key.phase !== '' || key.location !== location)) return undefined;
  const totals = new Map<Occasion, readonly TotalSample[]>();
  for (const one of series) {
    const dated = countedSamples(one).map((sample) => ({ at: clock(sample), value: sample.value }));
    if (!isAscending(dated)) return undefined;
    totals.set(one.key.occasion, dated);
  }
  return totals;
};

/** Less energy than this, in mWh, is too little to be missed: 50 Wh. */
const little = 50_000n;

/** Notes that intervals lack a phase which others have, where that has a fiftieth and 50 Wh if it shows as much as the others. */
const notePartial = (place: Place, recordAnomaly: RecordAnomaly): void => {
  const all = [...place.values()]
    .flatMap((byTime) => [...byTime])
    .filter(([, { phases }]) => !phases.has(''))
    .map(([at, { phases }]) => ({ at, values: phaseValues(phases) }))
    .filter(({ values }) => values.length > 0);
  const most =
    all
      .map(({ values }) => BigInt(values.length))
      .toSorted(ascending)
      .at(-1) ?? 0n;
  let [counted, missing] = [0n, 0n];
  for (const { values } of all) {
    const energy = values.reduce((sum, value) => sum + value, 0n);
    const count = BigInt(values.length);
    counted += energy;
    missing += (energy * (most - count)) / count;
  }
  const [first] = all
    .filter(({ values }) => BigInt(values.length) < most)
    .map(({ at }) => at)
    .toSorted(ascending);
  if (first !== undefined && missing > counted / 50n + little) {
    recordAnomaly('INTERVAL_INCOMPLETE', first);
  }
};

const totalsOf = (
  byTime: ReadonlyMap<Instant, AtOnce>,
  total: (phases: ByPhase, at: Instant) => bigint | undefined,
): readonly TotalSample[] =>
  [...byTime]
    .flatMap(([at, { phases, lesser }]) => {
      const value = total(phases, at);
      if (value === undefined) return [];
      const least = lesser.size > 0 ? total(new Map([...phases, ...lesser]), at) : undefined;
      return [{ at, value, ...(least !== undefined && { lesser: least }) }];
    })
    .sort((a, b) => ascending(a.at, b.at));

const placesOf = (
  series: readonly Series[],
  clock: Clock,
  recordAnomaly: RecordAnomaly,
): Map<string, Place> => {
  const places = new Map<string, Place>();
  for (const one of series) {
    const { key } = one;
    const place = entry(places, key.location, () => new Map());
    const byTime = entry(place, key.occasion, () => new Map());
    const isInterval = key.quantity === 'interval';
    for (const sample of countedSamples(one)) {
      const at = clock(sample);
      keepLarger(
        entry(byTime, at, () => ({ phases: new Map(), lesser: new Map() })),
        key.phase,
        sample.value,
        isInterval,
        () => recordAnomaly('DUP_CONFLICT', at),
      );
    }
  }
  return places;
};

/** The same interval received twice is one, also where its time becomes that of its receipt; the first receipt counts. */
const countedSamples = ({ key, samples }: Series): readonly Sample[] =>
  key.quantity !== 'interval'
    ? samples
    : samples.filter(({ at, value }, index) => {
        const before = samples[index - 1];
        return before === undefined || before.at !== at || before.value !== value;
      });

const entry = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const oneWattHour = 1000n;

const keepLarger = (
  { phases, lesser }: AtOnce,
  phase: string,
  value: bigint,
  isInterval: boolean,
  conflict: () => void,
): void => {
  const known = phases.get(phase);
  if (known === undefined) {
    phases.set(phase, value);
    return;
  }
  const [low, high] = known < value ? [known, value] : [value, known];
  const least = lesser.get(phase);
  if (high - low > oneWattHour) {
    conflict();
    if (isInterval) lesser.set(phase, least === undefined || low < least ? low : least);
  }
  phases.set(phase, high);
};

const bestPlace = (
  places: ReadonlyMap<string, Place>,
  recordAnomaly: RecordAnomaly,
): Place | undefined => {
  const ranked = [...places].sort(([a], [b]) => rank.indexOf(a) - rank.indexOf(b));
  const best = ranked.find(([, place]) => hasTwoTimes(place)) ?? ranked[0];
  const first = ranked.length > 1 && best !== undefined ? timesOf(best[1])[0] : undefined;
  if (first !== undefined) recordAnomaly('LOCATION_RANKED', first);
  return best?.[1];
};

const hasTwoTimes = (place: Place): boolean =>
  [...place.values()].some(({ size }) => size > 1) || timesOf(place).length > 1;

const timesOf = (place: Place): readonly Instant[] =>
  [...new Set([...place.values()].flatMap((byTime) => [...byTime.keys()]))].sort(ascending);

/** True when wherever several phases were given they all say the same, and not just zero. */
const phasesRepeatTotal = (place: Place): boolean => {
  const groups = [...place.values()]
    .flatMap((byTime) => [...byTime.values()])
    .map(({ phases }) => phaseValues(phases))
    .filter((values) => values.length > 1);
  return (
    groups.every((values) => values.every((value) => value === values[0])) &&
    groups.some((values) => values[0] !== 0n)
  );
};

const phaseValues = (phases: ByPhase): readonly bigint[] => {
  const pick = (names: readonly string[]) =>
    names.map((name) => phases.get(name)).filter((value) => value !== undefined);
  const found = pick(lines);
  return found.length > 0 ? found : pick(toNeutral);
};

const totalOf = (
  phases: ByPhase,
  repeats: boolean,
  note: (code: 'PHASE_AS_TOTAL' | 'PHASE_REPEATS_TOTAL') => void,
): bigint | undefined => {
  const overall = phases.get('');
  if (overall !== undefined) return overall;
  const values = phaseValues(phases);
  const [first] = values;
  if (values.length === 1) note('PHASE_AS_TOTAL');
  if (values.length <= 1) return first;
  if (!repeats) return values.reduce((sum, value) => sum + value, 0n);
  note('PHASE_REPEATS_TOTAL');
  return first;
};
