import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';
import { readDecimal, scaled } from '../points/read-decimal.ts';
import { neverARegister } from './no-value-marks.ts';

/** As for readings: no register has more than 15 digits of mWh. */
const beyondAllMeters = 10n ** 15n;

/** True if a start or stop states a mark of "unknown" instead of a register: any number below zero, or 2^63 - 1. */
export const isUnknownWh = (wh: number): boolean => wh < 0 || neverARegister(wholeOf(wh));

const wholeOf = (wh: number): bigint => (Number.isFinite(wh) ? BigInt(Math.trunc(wh)) : 0n);

/** The register that a start or stop states in Wh; undefined when no meter could show it. */
export const registerFromWh = (wh: number): MilliWattHours | undefined => {
  const read = readDecimal(String(wh));
  const register = read && scaled(read.decimal, 3);
  return register !== undefined && register > -beyondAllMeters && register < beyondAllMeters
    ? milliWattHours(register)
    : undefined;
};
