import { formatDecimal, shortDecimal } from './decimal.ts';
import type { MilliWattHours } from './energy.ts';

/** Energy in kWh as a decimal string of at most 6 decimals, exact: 12_500_000 mWh is `12.5`. */
export const formatKwh = (energy: MilliWattHours): string => shortDecimal(energy, 6);

/** Energy in kWh as a JSON number that prints as exactly `formatKwh` does (below 10^9 kWh). */
export const kwhNumber = (energy: MilliWattHours): number => Number(formatDecimal(energy, 6));
