import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';
import { readDecimal, scaled } from '../points/read-decimal.ts';

/** As for readings: no register has more than 15 digits of mWh. */
const beyondAllMeters = 10n ** 15n;

/** The register that a start or stop states in Wh; undefined when no meter could show it. */
export const registerFromWh = (wh: number): MilliWattHours | undefined => {
  const read = readDecimal(String(wh));
  const register = read && scaled(read.decimal, 3);
  return register !== undefined && register > -beyondAllMeters && register < beyondAllMeters
    ? milliWattHours(register)
    : undefined;
};
