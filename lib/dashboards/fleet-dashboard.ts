import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { type DashboardParts, drawn, graph, heading, section } from './dashboard-parts.ts';
import {
  connectionsByCharger,
  countsByOutcome,
  countsByReason,
  countsOverTime,
} from './log-widgets.ts';
import { apiMetric, ownMetric } from './metrics.ts';

/** Chargers, their connections and sessions, row by row. */
export function fleetDashboard(parts: DashboardParts): readonly (readonly IWidget[])[] {
  const { stage, chargerApiId, operatorApiId } = parts;
  const half = { width: 12, height: 6 };
  const http = (name: string, statistic?: string, label?: string) =>
    apiMetric(operatorApiId, name, statistic, label);
  const socket = (name: string) => apiMetric(chargerApiId, name);
  return [
    [
      heading(
        stage,
        'fleet',
        'Chargers of all operators. What is per charger is read from the tables when you look; what to do about a charger is in docs/runbook.md and docs/chargers.md.',
      ),
    ],
    [
      drawn(
        parts,
        'Chargers that are faulted, or offline for more than ten minutes',
        { widget: 'chargers', offlineMinutes: 10, faulted: true },
        { height: 9 },
      ),
    ],
    [
      graph('Connections and messages of chargers', [
        socket('ConnectCount'),
        socket('MessageCount'),
      ]),
      graph('Errors of connections and messages', [
        socket('ClientError'),
        socket('IntegrationError'),
        socket('ExecutionError'),
        ownMetric(stage, 'MessagesNotProcessed', 'Sum'),
      ]),
    ],
    [
      drawn(
        parts,
        'Firmware, and errors of connectors now',
        { widget: 'fleet' },
        { width: 12, height: 8 },
      ),
      connectionsByCharger(stage, {
        title: 'The twenty chargers that connect most often (boot loops)',
        steps: ['connect'],
        width: 12,
        height: 8,
      }),
    ],
    [
      drawn(
        parts,
        'Uptime by charger and connector, the lowest first',
        { widget: 'uptime', limit: 50 },
        { height: 9 },
      ),
    ],
    [section('Charging')],
    [
      drawn(parts, 'Sessions in progress', { widget: 'charging' }, { width: 12, height: 8 }),
      drawn(parts, 'Failed sessions of this month', { widget: 'failed' }, { width: 12, height: 8 }),
    ],
    [
      countsOverTime(
        stage,
        { started: 'SessionsStarted', ended: 'SessionsEnded', abandoned: 'SessionsAbandoned' },
        { title: 'Sessions by the hour', steps: ['ocpp', 'postponed', 'push', 'sweep'], ...half },
      ),
      countsByReason(stage, 'StartsRefused', {
        title: 'Starts refused, by reason',
        steps: ['ocpp', 'postponed'],
        ...half,
      }),
    ],
    [
      countsByOutcome(stage, 'HandshakesRefused', {
        title: 'Handshakes refused, by reason',
        steps: ['connect'],
        ...half,
      }),
      countsByOutcome(stage, 'MessagesLeftOut', {
        title: 'Messages that were not kept, by reason',
        steps: ['ocpp', 'postponed'],
        ...half,
      }),
    ],
    // Here, since the dashboard of the system is at the number of metrics that is free.
    [
      graph('Calls of the API', [http('Count'), http('4xx'), http('5xx')]),
      graph('Latency of the API, ms', [
        http('Latency', 'p50', 'half of them'),
        http('Latency', 'p99', 'all but one in a hundred'),
      ]),
    ],
    [section('Chargers')],
    [drawn(parts, 'All chargers', { widget: 'chargers' }, { height: 12 })],
  ];
}
