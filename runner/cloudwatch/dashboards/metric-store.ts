/** A metric by namespace, name and dimensions. */
export type MetricName = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** A value of a metric at a time, epoch ms. */
export type MetricValue = MetricName & { readonly at: number; readonly value: number };

/** One period of a metric: its begin, epoch ms, and the value that the statistic gives. */
export type MetricPoint = { readonly at: number; readonly value: number };

/** One metric of a store, for whoever has a value of it again and again. */
export type MetricSeries = {
  readonly put: (at: number, value: number) => void;
  /** Adds to a count, of which only sums are asked for: those of the same ten seconds are kept as one value. */
  readonly add: (at: number, value: number) => void;
};

/** The metrics of the running stack: of the last hours, gone with the process. */
export type MetricStore = {
  readonly put: (value: MetricValue) => void;
  /** Adds to a count, as that of a series does. */
  readonly add: (value: MetricValue) => void;
  /** The series of a metric. It has no values until it is given one. */
  readonly seriesOf: (metric: MetricName) => MetricSeries;
  /** The values of a metric since a time. */
  readonly valuesOf: (metric: MetricName, since: number) => readonly MetricPoint[];
};

/** Values of one metric that are kept: the latest. */
const mostValues = 20_000;

/** Ms whose counts are one value: more than two days of them are kept. */
const countedTogether = 10_000;

const periodOf = (at: number): number => Math.floor(at / countedTogether);

const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);

/** A store without values. */
export function createMetricStore(): MetricStore {
  const values = new Map<string, MetricPoint[]>();
  const seriesOf = (metric: MetricName): MetricSeries => {
    const key = keyOf(metric);
    const kept = values.get(key) ?? [];
    values.set(key, kept);
    return seriesIn(kept);
  };
  return {
    put: ({ at, value, ...metric }) => seriesOf(metric).put(at, value),
    add: ({ at, value, ...metric }) => seriesOf(metric).add(at, value),
    seriesOf,
    valuesOf: (metric, since) => (values.get(keyOf(metric)) ?? []).filter(({ at }) => at >= since),
  };
}

function seriesIn(kept: MetricPoint[]): MetricSeries {
  const put = (at: number, value: number): void => {
    kept.push({ at, value });
    if (kept.length > mostValues) kept.splice(0, mostValues / 2);
  };
  return {
    put,
    add: (at, value) => {
      const last = kept.at(-1);
      if (last === undefined || periodOf(last.at) !== periodOf(at)) {
        put(at, value);
        return;
      }
      kept[kept.length - 1] = { at: Math.max(last.at, at), value: last.value + value };
    },
  };
}

/** The points of a metric by period, for a statistic of CloudWatch: Sum, Maximum, Average, SampleCount or a percentile such as p99. */
export function statisticOf(
  values: readonly MetricPoint[],
  statistic: string,
  periodMilliseconds: number,
): readonly MetricPoint[] {
  const periods = Map.groupBy(values, ({ at }) => Math.floor(at / periodMilliseconds));
  return [...periods]
    .sort(([a], [b]) => a - b)
    .map(([period, some]) => ({
      at: period * periodMilliseconds,
      value: valueBy(
        some.map(({ value }) => value),
        statistic,
      ),
    }));
}

function valueBy(values: readonly number[], statistic: string): number {
  const sum = values.reduce((all, one) => all + one, 0);
  if (statistic === 'Sum') return sum;
  if (statistic === 'Average') return sum / values.length;
  if (statistic === 'SampleCount') return values.length;
  const percentile =
    statistic === 'Maximum' ? 100 : Number(/^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1]);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? Number.NaN;
}
