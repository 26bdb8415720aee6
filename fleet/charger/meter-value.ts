import type { PlannedReading } from './charging-plan.ts';

/** A MeterValue of OCPP 1.6 with register and power, as a charger with a three-decimal meter sends it. */
export const meterValue = (reading: PlannedReading, context: string): object => ({
  timestamp: new Date(reading.at).toISOString(),
  sampledValue: [
    {
      value: decimalWattHours(reading.register),
      context,
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      unit: 'Wh',
    },
    { value: String(reading.power), context, measurand: 'Power.Active.Import', unit: 'W' },
  ],
});

/** Whole watt-hours of a register, as meterStart and meterStop carry it: the decimals are cut off. */
export const wholeWattHours = (register: bigint): number => Number(register / 1000n);

const decimalWattHours = (register: bigint): string =>
  `${register / 1000n}.${String(register % 1000n).padStart(3, '0')}`;
