/** The connector and the tag of every session of the bench. */
const connectorId = 1;
/** The tag that starts every session of the bench. */
export const benchToken = 'BENCH-0123456789ABCD';

/** A charger's boot message. */
export const bootNotification = {
  chargePointVendor: 'Bench',
  chargePointModel: 'Counting 22',
  chargePointSerialNumber: 'BN-0001',
  firmwareVersion: '1.0.0',
};

/** A connector's status. */
export const statusNotification = (status: string, at: number): object => ({
  connectorId,
  errorCode: 'NoError',
  status,
  timestamp: iso(at),
});

/** The start of a session. */
export const startTransaction = (at: number, meterStart: number): object => ({
  connectorId,
  idTag: benchToken,
  meterStart,
  timestamp: iso(at),
});

/** A reading as many chargers send it each minute: energy, power, state of charge. */
export const meterValues = (transactionId: number, at: number, wattHours: number): object => ({
  connectorId,
  transactionId,
  meterValue: [meterValue(at, wattHours, 'Sample.Periodic', true)],
});

/** The end of a session with the two values that a charger says again. */
export const stopTransaction = (
  transactionId: number,
  start: { readonly at: number; readonly wattHours: number },
  stop: { readonly at: number; readonly wattHours: number },
): object => ({
  transactionId,
  idTag: benchToken,
  meterStop: stop.wattHours,
  timestamp: iso(stop.at),
  reason: 'EVDisconnected',
  transactionData: [
    meterValue(start.at, start.wattHours, 'Transaction.Begin', false),
    meterValue(stop.at, stop.wattHours, 'Transaction.End', false),
  ],
});

function meterValue(at: number, wattHours: number, context: string, more: boolean): object {
  const energy = {
    value: String(wattHours),
    context,
    measurand: 'Energy.Active.Import.Register',
    location: 'Outlet',
    unit: 'Wh',
  };
  const others = [
    { value: '10800', context, measurand: 'Power.Active.Import', location: 'Outlet', unit: 'W' },
    { value: '57', context, measurand: 'SoC', location: 'EV', unit: 'Percent' },
  ];
  return { timestamp: iso(at), sampledValue: more ? [energy, ...others] : [energy] };
}

const iso = (at: number): string => new Date(at).toISOString();
