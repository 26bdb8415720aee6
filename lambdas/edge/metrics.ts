import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What is counted. Dimensions are bounded: service, action and outcome, never an id. */
export type Measure =
  | 'Connections'
  | 'Messages'
  | 'SessionsStarted'
  | 'SessionsEnded'
  | 'ReadingsRefused'
  | 'CdrsSealed'
  | 'CdrsHeld'
  | 'StopToCdrLag'
  | 'Requests'
  | 'RecordsHandled'
  | 'RecordsFailed';

/** How a step went: both words from a short, fixed list. */
export type Outcome = { readonly action: string; readonly outcome: string };

/** Ids that make a metric's log line findable; they are no dimensions. */
export type Ids = Readonly<Record<string, string | undefined>>;

const metrics = new Metrics({
  ...(process.env['POWERTOOLS_METRICS_NAMESPACE'] === undefined ? { namespace: 'Joulegate' } : {}),
});

/** Writes one metric line: counts (or milliseconds for a lag) under one outcome, with ids as metadata. */
export function measure(
  outcome: Outcome,
  values: Partial<Readonly<Record<Measure, number>>>,
  ids: Ids = {},
): void {
  metrics.addDimensions({ action: outcome.action, outcome: outcome.outcome });
  for (const [name, value] of Object.entries(values)) {
    metrics.addMetric(
      name,
      name === 'StopToCdrLag' ? MetricUnit.Milliseconds : MetricUnit.Count,
      value,
    );
  }
  for (const [name, id] of Object.entries(ids)) {
    if (id !== undefined) metrics.addMetadata(name, id);
  }
  metrics.publishStoredMetrics();
}
