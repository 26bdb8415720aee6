import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { customMetrics } from './custom-metrics.ts';
import { logger } from './logger.ts';

/** Counted measures; `customMetrics` are those that become CloudWatch metrics. */
export type Measure =
  | (typeof customMetrics)[number]
  | 'Connections'
  | 'Messages'
  | 'FramesTooLarge'
  | 'HandshakesRefused'
  | 'SessionsStarted'
  | 'SessionsEnded'
  | 'SessionsAbandoned'
  | 'StartsAccepted'
  | 'StartsRefused'
  | 'ReadingsRefused'
  | 'MessagesLeftOut'
  | 'CommandMilliseconds'
  | 'StopsRefused'
  | 'CdrsSealed'
  | 'CdrsHeld'
  | 'CdrsCorrected'
  | 'OldestHeldHours'
  | 'LateReadingsReviewed'
  | 'Requests'
  | 'Deliveries'
  | 'RecordsHandled'
  | 'RecordsFailed'
  | 'RecordsPassedOver';

/** How a step went: both words from a short, fixed list. */
export type Outcome = { readonly action: string; readonly outcome: string };

/** Ids that make a metric's log line findable; they are not dimensions. */
export type Ids = Readonly<Record<string, string | undefined>>;

const metrics = new Metrics({
  // The same for every function: each value of a dimension would be a metric of its own.
  serviceName: 'joulegate',
  ...(process.env['POWERTOOLS_METRICS_NAMESPACE'] === undefined ? { namespace: 'Joulegate' } : {}),
});

/** Longest time that routine counts wait for their line, ms. */
const gatherMilliseconds = 60_000;

type Gathered = { readonly outcome: Outcome; readonly counts: Map<Measure, number> };

const gathered = new Map<string, Gathered>();
let gatheredSince = 0;

/**
 * Counts what happens all the time and went as it should. An instance adds such counts up and writes them at most once
 * a minute, because a line for each message would cost more than the message's database write; when an instance is
 * taken away, the counts of its last minute go with it. Everything that is worth a look goes through `emitMetric`.
 */
export function countRoutine(outcome: Outcome, name: Measure, amount = 1): void {
  const now = Date.now();
  if (gathered.size === 0) gatheredSince = now;
  const key = `${outcome.action} ${outcome.outcome}`;
  const { counts } = gathered.get(key) ?? gather(key, outcome);
  counts.set(name, (counts.get(name) ?? 0) + amount);
  if (now - gatheredSince >= gatherMilliseconds) writeRoutine();
}

/** Writes the routine counts that wait for their line: before a count that is looked at as a share of them. */
export function writeRoutine(): void {
  for (const { outcome: of, counts: sums } of gathered.values()) {
    // The counts of many requests, which belong to none of them.
    writeLine(of, Object.fromEntries(sums), {});
  }
  gathered.clear();
}

function gather(key: string, outcome: Outcome): Gathered {
  const fresh = { outcome, counts: new Map<Measure, number>() };
  gathered.set(key, fresh);
  return fresh;
}

let requestId: string | undefined;

/** Names the request that metric lines are written in from now on. */
export function nameRequest(id: string): void {
  requestId = id;
}

/** Writes one line: counts (or milliseconds for a lag), with action, outcome and ids as fields. */
export function emitMetric(
  outcome: Outcome,
  values: Partial<Readonly<Record<Measure, number>>>,
  ids: Ids = {},
): void {
  writeLine(outcome, values, { requestId, ...ids });
}

function writeLine(
  { action, outcome }: Outcome,
  values: Partial<Readonly<Record<Measure, number>>>,
  ids: Ids,
): void {
  const counted = Object.entries(values);
  const isMetric = ([name]: readonly [string, number]): boolean => metricNames.has(name);
  const fields = {
    action,
    outcome,
    ...ids,
    ...Object.fromEntries(counted.filter((each) => !isMetric(each))),
  };
  const measured = counted.filter(isMetric);
  if (measured.length === 0) {
    logger.info('Counted', fields);
    return;
  }
  for (const [name, value] of measured) metrics.addMetric(name, unitOf(name), value);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) metrics.addMetadata(name, value);
  }
  metrics.publishStoredMetrics();
}

const metricNames: ReadonlySet<string> = new Set(customMetrics);

const unitOf = (name: string) =>
  name === 'StopToCdrLag' ? MetricUnit.Milliseconds : MetricUnit.Count;
