import { type BillLine, line } from './charger-month.ts';
import { freeDashboards, prices } from './prices.ts';

/** Resources of a deployment that cost the same with and without chargers. */
export type DeployedParts = {
  readonly signingKeys: number;
  readonly customMetrics: number;
  /** Metrics that alarms watch: each is charged as an alarm. */
  readonly alarms: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
  /** Runs of the clock in a month, each of the memory below for a tenth of a second. */
  readonly scheduledRuns: number;
  readonly scheduledMegabytes: number;
};

/** Lambda keeps five long polls of 20 seconds open on a queue, however little comes. */
const receivesPerQueue = (5 * 30 * 86_400) / 20;
const scheduledSeconds = 0.1;

/** The lines of the fixed part that watch a deployment; none of them grows with the fleet. */
export const watching: readonly string[] = [
  'Custom metrics',
  'Alarms',
  'Composite alarms',
  'Dashboards',
];

/** The fixed part of a deployment's month, line by line. */
export function fixedMonth(parts: DeployedParts): readonly BillLine[] {
  const { scheduledRuns, scheduledMegabytes } = parts;
  const gigabyteSeconds = scheduledRuns * scheduledSeconds * (scheduledMegabytes / 1024);
  return [
    line('Signing key', parts.signingKeys, prices.kmsKey.usd),
    line('Custom metrics', parts.customMetrics, prices.customMetric.usd),
    line('Alarms', parts.alarms, prices.alarm.usd),
    line('Composite alarms', parts.compositeAlarms, prices.compositeAlarm.usd),
    line('Dashboards', Math.max(0, parts.dashboards - freeDashboards), prices.dashboard.usd),
    line('Receives of empty queues', parts.polledQueues * receivesPerQueue, prices.sqsRequest.usd),
    line('Scheduled runs', scheduledRuns, prices.lambdaRequest.usd),
    line('Scheduled GB-seconds', gigabyteSeconds, prices.lambdaGigabyteSecond.usd),
  ];
}
