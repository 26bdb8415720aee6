import { type BillLine, billTotal } from './charger-month.ts';
import { coldStartGigabyteSeconds, type MonthlyRuns } from './cold-starts.ts';
import { prices } from './prices.ts';

/** Sizes of fleets that a bill is shown for. */
export const fleetSizes = [10, 100, 1_000, 10_000] as const;

/** Inputs for the monthly cost of a fleet, besides its size. */
export type MonthParts = {
  /** Of one charger. */
  readonly use: readonly BillLine[];
  /** Of one charger. */
  readonly storage: readonly BillLine[];
  readonly functions: readonly MonthlyRuns[];
  /** Of the deployment. */
  readonly fixed: readonly BillLine[];
};

/** US dollars of one charger's month in a fleet, and what they are for. */
export type FleetMonth = {
  readonly chargers: number;
  readonly use: number;
  readonly coldStarts: number;
  readonly storage: number;
  /** The charger's share of what the deployment costs anyway. */
  readonly fixedShare: number;
  readonly together: number;
};

/** The month of one charger in a fleet of a given size. */
export function fleetMonth(parts: MonthParts, chargers: number): FleetMonth {
  const use = billTotal(parts.use);
  const storage = billTotal(parts.storage);
  const fixedShare = billTotal(parts.fixed) / chargers;
  const starts = coldStartGigabyteSeconds(parts.functions, chargers);
  const coldStarts = (starts * prices.lambdaGigabyteSecond.usd) / chargers;
  const together = use + storage + fixedShare + coldStarts;
  return { chargers, use, coldStarts, storage, fixedShare, together };
}
