import { shortDecimal } from '../../units/decimal.ts';

/** A register or an energy in mWh as people read it, in Wh. */
export const shownWh = (value: bigint): string => `${shortDecimal(value, 3)} Wh`;
