import type { LeftSession, Step } from '../conformance-case.ts';
import { aNumber, aTime, minute, says } from '../steps.ts';

/** The answer that a token may charge. */
export const accepted = { idTagInfo: { status: 'Accepted' } };

/** The charger boots and is accepted, with our time and the interval of its heartbeats. */
export const boots = says(
  'BootNotification',
  { chargePointVendor: 'Acme', chargePointModel: 'Wallbox', firmwareVersion: '1.0' },
  { status: 'Accepted', currentTime: aTime, interval: 560 },
);

/** A connector of the charger changes its state. */
export const status = (word: string, at: number, more: object = {}): Step =>
  says('StatusNotification', {
    connectorId: 1,
    status: word,
    errorCode: 'NoError',
    timestamp: minute(at),
    ...more,
  });

/** A driver presents a token of the site that may charge. */
export const authorizes = (idTag = 'ADA'): Step => says('Authorize', { idTag }, accepted);

/** A session begins at minute 0 with the register at 1,000 Wh, and gets a transaction of its own. */
export const starts = (more: object = {}, info: object = accepted): Step =>
  says(
    'StartTransaction',
    { connectorId: 1, idTag: 'ADA', meterStart: 1000, timestamp: minute(0), ...more },
    { transactionId: aNumber, ...info },
  );

/** The register stands at so many Wh at a minute of the session. */
export const meters = (at: number, wattHours: number): Step =>
  says('MeterValues', {
    connectorId: 1,
    transactionId: '$transaction',
    meterValue: [{ timestamp: minute(at), sampledValue: [{ value: String(wattHours) }] }],
  });

/** The session ends after an hour with the register at 6,000 Wh. */
export const stops = (more: object = {}, answer: object = {}): Step =>
  says(
    'StopTransaction',
    { transactionId: '$transaction', meterStop: 6000, timestamp: minute(60), ...more },
    answer,
  );

/** The session of these messages: an hour, 5 kWh, 2.50 EUR. */
export const charged = (shown: object = {}): LeftSession => ({
  shown: {
    state: 'ended',
    tokenId: 'ADA',
    connectorId: 1,
    transactionId: '$transactionText',
    startedAt: minute(0),
    endedAt: minute(60),
    energyKwh: 5,
    ...shown,
  },
  bill: { kwh: 5, total: '2.50' },
  readings: ['meter', 'stop'],
});
