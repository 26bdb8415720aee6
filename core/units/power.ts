import type { Quantity } from './quantity.ts';

/** Power in thousandths of a watt: 11 kW = 11_000_000 mW. */
export type MilliWatts = Quantity<'mW'>;

/** Takes a whole number of mW as a power. */
export const milliWatts = (mW: bigint): MilliWatts => mW as MilliWatts;
