import type { Quantity } from './quantity.ts';

/** Energy in thousandths of a watt-hour: 1 kWh = 1_000_000 mWh. Exact; may be negative while it is a difference. */
export type MilliWattHours = Quantity<'mWh'>;

/** Takes a whole number of mWh as an energy. */
export const milliWattHours = (mWh: bigint): MilliWattHours => mWh as MilliWattHours;
