import { type BillLine, billTotal } from '../aws-bill/charger-month.ts';
import { watching } from '../aws-bill/fixed-month.ts';
import type { FleetMonth } from '../aws-bill/fleet-month.ts';
import type { StepUsage } from '../aws-bill/step-usage.ts';
import type { BundleSize } from '../use/measure-start-up.ts';
import { formatTable } from './format-table.ts';
import type { Row } from './row.ts';

/** Usage and cost of a charger and of a deployment. */
export type CostReport = {
  /** The usage of one session, by step. */
  readonly session: readonly StepUsage[];
  /** A charger-month, line by line. */
  readonly month: readonly BillLine[];
  /** Fixed cost of a deployment, line by line. */
  readonly fixed: readonly BillLine[];
  /** A charger-month with everything, by the size of the fleet. */
  readonly fleets: readonly FleetMonth[];
  /** The same with the settings that cost the least. */
  readonly thriftyFleets: readonly FleetMonth[];
  readonly assumptions: readonly string[];
};

/** Everything that the bench found out; what was not measured is absent or empty. */
export type Report = {
  readonly rows: readonly Row[];
  readonly cost?: CostReport;
  readonly bundles: readonly BundleSize[];
};

/** The report as plain text: the details first, the budgets last, where the eye is when it ends. */
export function formatReport({ rows, cost, bundles }: Report): string {
  return [
    ...(cost === undefined ? [] : costText(cost)),
    ...(bundles.length === 0 ? [] : ['Bundles:', bundleTable(bundles)]),
    'Budgets:',
    budgetTable(rows),
  ].join('\n\n');
}

const costText = (cost: CostReport): readonly string[] => [
  'One session of 45 readings, boot to sealed CDR, every message worked off before the next:',
  sessionTable(cost.session),
  'What a charger uses in a month, at AWS list prices:',
  monthTable(cost.month),
  'What a deployment costs in a month, however many chargers there are:',
  monthTable(cost.fixed),
  'Metrics, alarms and dashboards, USD a month by the number of chargers:',
  watchingTable(cost.fixed),
  'USD of a charger-month, everything included:',
  fleetTable(cost.fleets),
  'The same with settings that cost the least:',
  fleetTable(cost.thriftyFleets),
  cost.assumptions.map((line) => `- ${line}`).join('\n'),
];

const budgetTable = (rows: readonly Row[]): string =>
  formatTable(
    ['what', 'budget', 'measured', 'ok'],
    rows.map(({ what, budget, measured, ok }) => [what, budget, measured, ok ? 'yes' : 'NO']),
  );

const sessionTable = (steps: readonly StepUsage[]): string =>
  formatTable(
    ['step', 'runs', 'writes', 'reads', 'write units', 'read units', 'signatures'],
    steps
      .filter(({ invocations }) => invocations > 0)
      .map((step) => [
        step.step,
        String(step.invocations),
        String(step.writeRequests),
        String(step.readRequests),
        String(step.writeUnits),
        String(step.readUnits),
        String(step.signatures),
      ]),
    true,
  );

const monthTable = (lines: readonly BillLine[]): string =>
  formatTable(
    ['what', 'amount', 'USD'],
    [
      ...lines.map(({ what, amount, usd }) => [
        what,
        Math.round(amount).toLocaleString('en'),
        usd.toFixed(5),
      ]),
      ['together', '', billTotal(lines).toFixed(5)],
    ],
    true,
  );

const fleetTable = (fleets: readonly FleetMonth[]): string =>
  formatTable(
    ['chargers', 'use', 'cold starts', 'storage', 'share of the fixed part', 'together'],
    fleets.map((fleet) => [
      fleet.chargers.toLocaleString('en'),
      ...[fleet.use, fleet.coldStarts, fleet.storage, fleet.fixedShare, fleet.together].map((usd) =>
        usd.toFixed(4),
      ),
    ]),
    true,
  );

/** None of these lines has a fleet in it: each is the same for all. */
const watchingTable = (fixed: readonly BillLine[]): string => {
  const fleets = [10, 1_000, 10_000];
  const lines = fixed.filter(({ what }) => watching.includes(what));
  const row = (what: string, usd: number) => [what, ...fleets.map(() => usd.toFixed(2))];
  return formatTable(
    ['what', ...fleets.map((count) => count.toLocaleString('en'))],
    [...lines.map(({ what, usd }) => row(what, usd)), row('together', billTotal(lines))],
    true,
  );
};

const bundleTable = (bundles: readonly BundleSize[]): string =>
  formatTable(
    ['step', 'KB', 'source map KB'],
    bundles.map(({ step, bytes, map }) => [step, kilobytes(bytes), kilobytes(map)]),
    true,
  );

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(0);
