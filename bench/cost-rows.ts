import { type BillLine, billTotal } from './charger-month.ts';
import type { FleetMonth } from './fleet-month.ts';
import { atMost, type Row } from './row.ts';

/** The bills that the budgets of cost are held against. */
export type Bills = {
  readonly month: readonly BillLine[];
  readonly fixed: readonly BillLine[];
  readonly fleets: readonly FleetMonth[];
  readonly customMetrics: number;
};

/** The fleet that the budget of everything together is for. */
const usualFleet = 1_000;

/** The budgets of cost: what a charger uses, what a deployment costs anyway, and both together. */
export function costRows({ month, fixed, fleets, customMetrics }: Bills): readonly Row[] {
  const usual = fleets.find(({ chargers }) => chargers === usualFleet);
  const usd = { unit: 'USD', digits: 4 };
  return [
    atMost('What a charger uses in a month', 0.05, billTotal(month), usd),
    atMost(
      'A charger-month at 1,000 chargers, everything included',
      0.055,
      usual?.together ?? Number.NaN,
      usd,
    ),
    atMost('Fixed part of a month', 5, billTotal(fixed), usd),
    atMost('Custom metrics, whatever the fleet', 15, customMetrics, { unit: 'metrics' }),
  ];
}
