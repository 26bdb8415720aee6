import {
  type MetricName,
  type MetricPoint,
  type MetricStore,
  statisticOf,
} from '../dashboards/metric-store.ts';
import { computeMath, type Series } from './metric-math.ts';
import { leastUsual } from './usual-band.ts';

/** The state of an alarm; `unknown` where it has too few values, or what it is held against is known to AWS alone. */
export type AlarmState = 'alarm' | 'ok' | 'unknown';

/** Where the values of alarms are, and what they are held against. */
export type AlarmSources = {
  readonly store: MetricStore;
  /** Epoch ms. */
  readonly now: number;
  /** The quota of the account for a usage metric. */
  readonly quotaOf?: (metric: MetricName) => number | undefined;
  /** The least that is usual of a metric now; by its own values of the days before unless given. */
  readonly leastUsualOf?: (metric: MetricName) => number | undefined;
};

type Properties = Readonly<Record<string, unknown>>;
type Dimension = { readonly Name: string; readonly Value: string };
type Entry = {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly Dimension[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
};
type Stat = { readonly metric: MetricName; readonly seconds: number; readonly statistic: string };

/** How far back an alarm that ignores what is missing looks for its last value, ms. */
const memory = 6 * 3_600_000;

/** The state of a metric alarm of a template, as CloudWatch has it: all of its periods must be beyond the threshold. */
export function alarmState(properties: Properties, sources: AlarmSources): AlarmState {
  const watched = watchedBy(properties, sources);
  if (watched === undefined) return 'unknown';
  const isBeyond = comparisonOf(properties, watched.threshold);
  const known = watched.series.map((value) => (value === undefined ? undefined : isBeyond(value)));
  switch (properties['TreatMissingData']) {
    case 'breaching':
      return stateOf(known.map((one) => one ?? true));
    case 'notBreaching':
      return stateOf(known.map((one) => one ?? false));
    default: {
      const seen = known.filter((one) => one !== undefined);
      if (seen.length > 0) return stateOf(seen);
      const last = watched.last();
      return last === undefined ? 'unknown' : stateOf([isBeyond(last)]);
    }
  }
}

const stateOf = (beyond: readonly boolean[]): AlarmState =>
  beyond.every(Boolean) ? 'alarm' : 'ok';

type Watched = {
  readonly series: Series;
  readonly threshold: number;
  /** The last value before all periods, of an alarm that ignores what is missing. */
  readonly last: () => number | undefined;
};

function watchedBy(properties: Properties, sources: AlarmSources): Watched | undefined {
  const periods = Number(properties['EvaluationPeriods'] ?? 1);
  const threshold = Number(properties['Threshold']);
  const entries = properties['Metrics'] as readonly Entry[] | undefined;
  if (entries === undefined) return ofStat(plainStat(properties), periods, threshold, sources);
  const stats = new Map(entries.flatMap((one) => (one.MetricStat ? [[one.Id, statOf(one)]] : [])));
  const { ThresholdMetricId: band } = properties;
  if (band !== undefined) {
    const [first] = stats.values();
    const drawn = entries.find(({ Id }) => Id === band)?.Expression ?? '';
    const least = first && leastOf(first, drawn, sources);
    return least === undefined ? undefined : ofStat(first, periods, least, sources);
  }
  const shown = entries.find(({ ReturnData }) => ReturnData !== false);
  if (shown?.Expression === undefined) {
    return ofStat(stats.get(shown?.Id ?? ''), periods, threshold, sources);
  }
  const [first] = stats.values();
  const series = computeMath(shown.Expression, {
    periods,
    periodSeconds: first?.seconds ?? 300,
    seriesOf: (id) => {
      const stat = stats.get(id);
      return stat && seriesOf(stat, periods, sources);
    },
    quotaOf: (id) => {
      const stat = stats.get(id);
      return stat && sources.quotaOf?.(stat.metric);
    },
  });
  return series && { series, threshold, last: () => undefined };
}

/** The least that is usual, for a band `ANOMALY_DETECTION_BAND(m0, 3)`. */
function leastOf(
  { metric, seconds: periodSeconds }: Stat,
  band: string,
  { store, now, leastUsualOf }: AlarmSources,
): number | undefined {
  if (leastUsualOf !== undefined) return leastUsualOf(metric);
  const deviations = Number(/,\s*([\d.]+)\)$/.exec(band)?.[1] ?? 2);
  return leastUsual(store.valuesOf(metric, 0), { now, periodSeconds, deviations });
}

function ofStat(
  stat: Stat | undefined,
  periods: number,
  threshold: number,
  sources: AlarmSources,
): Watched | undefined {
  if (stat === undefined) return undefined;
  const last = () => sources.store.valuesOf(stat.metric, sources.now - memory).at(-1)?.value;
  return { series: seriesOf(stat, periods, sources), threshold, last };
}

/** The values of a metric in the periods before now, the latest first. */
function seriesOf({ metric, seconds, statistic }: Stat, periods: number, sources: AlarmSources) {
  const { store, now } = sources;
  const length = seconds * 1000;
  const values = store.valuesOf(metric, now - periods * length);
  return Array.from({ length: periods }, (_, n): number | undefined => {
    const from = now - (n + 1) * length;
    const inside = values.filter(({ at }) => at > from && at <= from + length);
    return valueIn(inside, statistic);
  });
}

const valueIn = (values: readonly MetricPoint[], statistic: string): number | undefined =>
  // All in one period, wherever that begins.
  statisticOf(
    values.map(({ value }) => ({ at: 0, value })),
    statistic,
    1,
  )[0]?.value;

const named = (dimensions: readonly Dimension[] = []): MetricName['dimensions'] =>
  Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));

const plainStat = (properties: Properties): Stat => ({
  metric: {
    namespace: String(properties['Namespace']),
    name: String(properties['MetricName']),
    dimensions: named(properties['Dimensions'] as readonly Dimension[] | undefined),
  },
  seconds: Number(properties['Period'] ?? 300),
  statistic: String(properties['Statistic'] ?? 'Maximum'),
});

const statOf = ({ MetricStat: stat }: Entry): Stat => ({
  metric: {
    namespace: String(stat?.Metric.Namespace),
    name: String(stat?.Metric.MetricName),
    dimensions: named(stat?.Metric.Dimensions),
  },
  seconds: stat?.Period ?? 300,
  statistic: String(stat?.Stat),
});

const comparisonOf = (properties: Properties, threshold: number) => (value: number) =>
  String(properties['ComparisonOperator']).startsWith('LessThan')
    ? value < threshold
    : value > threshold;
