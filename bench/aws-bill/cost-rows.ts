import { atMost, type Row } from '../report/row.ts';
import { type BillLine, billTotal } from './charger-month.ts';
import type { FleetMonth } from './fleet-month.ts';

/** The bills that the budgets of cost are held against. */
export type Bills = {
  readonly month: readonly BillLine[];
  readonly fixed: readonly BillLine[];
  readonly fleets: readonly FleetMonth[];
  /** The same with the settings that cost the least. */
  readonly thriftyFleets: readonly FleetMonth[];
  readonly customMetrics: number;
  /** Distinct metrics in the lines that functions wrote. */
  readonly writtenMetrics: number;
  /** Of one charger, whose operator nobody reads events of. */
  readonly events: readonly BillLine[];
  readonly sums: readonly BillLine[];
};

/** The fleet that the budget of everything together is for. */
const usualFleet = 1_000;

/** The budgets of cost: what a charger uses, what a deployment costs anyway, and both together. */
export function costRows(bills: Bills): readonly Row[] {
  const { month, fixed, fleets, thriftyFleets, events, sums } = bills;
  const together = (of: readonly FleetMonth[]): number =>
    of.find(({ chargers }) => chargers === usualFleet)?.together ?? Number.NaN;
  const usd = { unit: 'USD', digits: 4 };
  return [
    atMost('What a charger uses in a month', 0.05, billTotal(month), usd),
    atMost('A charger-month at 1,000 chargers, everything included', 0.055, together(fleets), usd),
    atMost('The same with settings that cost the least', 0.055, together(thriftyFleets), usd),
    atMost(
      'Events derived in a month, and nobody subscribed or reading',
      0.001,
      billTotal(events),
      {
        unit: 'USD',
        digits: 5,
      },
    ),
    atMost('Sums of CDRs kept in a month', 0.0005, billTotal(sums), { unit: 'USD', digits: 5 }),
    atMost('Fixed part of a month', 5, billTotal(fixed), usd),
    atMost('Custom metrics, whatever the fleet', 15, bills.customMetrics, { unit: 'metrics' }),
    atMost('Metrics in the lines that functions wrote', bills.customMetrics, bills.writtenMetrics, {
      unit: 'metrics',
    }),
  ];
}
