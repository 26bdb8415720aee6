import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { type DashboardParts, drawn, graph, heading } from './dashboard-parts.ts';
import { countsByOutcome, countsOverTime } from './log-widgets.ts';
import { ownMetric } from './metrics.ts';

/** CDRs: what was sealed, what is held and what left for integrators, row by row. */
export function moneyDashboard(parts: DashboardParts): readonly (readonly IWidget[])[] {
  const { stage } = parts;
  const half = { width: 12, height: 6 };
  return [
    [
      heading(
        stage,
        'money',
        'Sealed and held CDRs of all operators. How a held CDR is decided is in docs/held-cdrs.md.',
      ),
    ],
    [
      drawn(
        parts,
        'Sealed CDRs of the last seven days',
        { widget: 'money' },
        { width: 12, height: 10 },
      ),
      drawn(parts, 'Held CDRs', { widget: 'held' }, { width: 12, height: 10 }),
    ],
    [
      graph('From the stop to the CDR, ms', [
        ownMetric('StopToCdrLag', 'p50', 'half of them'),
        ownMetric('StopToCdrLag', 'p90', 'nine of ten'),
        ownMetric('StopToCdrLag', 'Maximum', 'the longest'),
      ]),
      graph('CDRs that were held', [ownMetric('CdrsHeld', 'Sum')]),
    ],
    [
      countsOverTime(
        stage,
        { sealed: 'CdrsSealed', corrected: 'CdrsCorrected', reviewed: 'LateReadingsReviewed' },
        { title: 'CDRs by the hour', steps: ['cdr', 'corrections'], ...half },
      ),
      countsByOutcome(stage, 'Deliveries', {
        title: 'Deliveries to webhooks, by outcome',
        steps: ['webhooks'],
        ...half,
      }),
    ],
  ];
}
