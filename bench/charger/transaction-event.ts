/** A reading in the words of OCPP 2 as many chargers send it each minute: energy in Wh, power, state of charge. */
export const meterValue = (at: number, wattHours: number): object => ({
  timestamp: new Date(at).toISOString(),
  sampledValue: [
    { value: wattHours, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
    { value: 10_800, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
    { value: 57, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
  ],
});

/** A message of a session of OCPP 2 with a reading, by its number; it begins with 0. */
export const transactionEvent = (
  seqNo: number,
  eventType: string,
  at: number,
  wattHours: number,
  more: object = {},
): object => ({
  eventType,
  seqNo,
  timestamp: new Date(at).toISOString(),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'bench' },
  meterValue: [meterValue(at, wattHours)],
  ...more,
});
