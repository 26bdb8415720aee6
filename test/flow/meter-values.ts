/** An OCPP 1.6 MeterValue with the energy register in Wh, and power where given. */
export const energyAt = (
  timestamp: string,
  wh: number | string,
  options: { readonly context?: string; readonly powerW?: number } = {},
): object => ({
  timestamp,
  sampledValue: [
    {
      value: String(wh),
      measurand: 'Energy.Active.Import.Register',
      unit: 'Wh',
      ...(options.context === undefined ? {} : { context: options.context }),
    },
    ...(options.powerW === undefined
      ? []
      : [{ value: String(options.powerW), measurand: 'Power.Active.Import', unit: 'W' }]),
  ],
});

/** `2026-03-01T10:00:00Z` and so many minutes later, in ISO 8601. */
export const minutesAfter = (start: string, minutes: number): string =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString();
