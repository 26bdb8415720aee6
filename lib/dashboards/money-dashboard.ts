import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { costOfDay, costOfMonth } from './cost-widgets.ts';
import { type DashboardParts, drawn, graph, heading, section } from './dashboard-parts.ts';
import { countsOverTime } from './log-widgets.ts';
import { ownMetric } from './metrics.ts';

/** CDRs: what was sealed, what is held and what has not left for partners; payments, and the cost of the deployment, row by row. */
export function moneyDashboard(parts: DashboardParts): readonly (readonly IWidget[])[] {
  const { stage } = parts;
  const half = { width: 12, height: 8 };
  return [
    [
      heading(
        stage,
        'money',
        'Sealed and held CDRs of all operators. How a held CDR is decided is in docs/held-cdrs.md.',
      ),
    ],
    [
      drawn(parts, 'Sealed CDRs of the last seven days', { widget: 'money' }, half),
      drawn(parts, 'Revenue of this month by tariff', { widget: 'tariffs' }, half),
    ],
    [drawn(parts, 'Held CDRs', { widget: 'held' }, { height: 8 })],
    [
      graph('From the stop to the CDR, ms', [
        ownMetric(stage, 'StopToCdrLag', 'p50', 'half of them'),
        ownMetric(stage, 'StopToCdrLag', 'p90', 'nine of ten'),
        ownMetric(stage, 'StopToCdrLag', 'Maximum', 'the longest'),
      ]),
      countsOverTime(
        stage,
        { held: 'CdrsHeld' },
        { title: 'CDRs that were held, by the hour', steps: ['cdr'], width: 12, height: 6 },
      ),
    ],
    [
      countsOverTime(
        stage,
        { sealed: 'CdrsSealed', corrected: 'CdrsCorrected', reviewed: 'LateReadingsReviewed' },
        { title: 'CDRs by the hour', steps: ['cdr', 'corrections'], ...half },
      ),
      drawn(parts, 'Payments that failed or are to be refunded', { widget: 'bills' }, half),
    ],
    [
      drawn(
        parts,
        'CDRs and other objects that partners and webhooks did not get',
        { widget: 'deliveries' },
        { height: 6 },
      ),
    ],
    [section('What AWS takes, in USD, by what is counted')],
    [costOfDay(parts), costOfMonth(parts)],
  ];
}
