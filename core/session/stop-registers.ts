import { isUnknownWh, registerFromWh } from '../metering/register/register-from-wh.ts';
import type { SessionStop, StopRegisters } from './session.ts';

/** True for a register in Wh that a stop states; false where it states none, or a number that means "unknown". */
export const isKnownRegister = (wh: number | undefined): wh is number =>
  wh !== undefined && !isUnknownWh(wh) && registerFromWh(wh) !== undefined;

/** The registers of stops, with what is known of others; undefined where none states one. The order does not matter. */
export const stopRegistersOf = (
  others: StopRegisters | undefined,
  ...stops: readonly SessionStop[]
): StopRegisters | undefined => {
  const known = others === undefined ? [] : [others.lowest, others.highest];
  const all = [...known, ...stops.map(({ meterStop }) => meterStop).filter(isKnownRegister)];
  return all.length === 0 ? undefined : { lowest: Math.min(...all), highest: Math.max(...all) };
};
