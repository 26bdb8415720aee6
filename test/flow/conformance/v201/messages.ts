import type { LeftSession, Step } from '../conformance-case.ts';
import { aTime, minute, says } from '../steps.ts';

/** The answer that a token may charge. */
export const accepted = { idTokenInfo: { status: 'Accepted' } };

/** The token that may charge at the site. */
export const ada = { idToken: 'ADA', type: 'ISO14443' };

/** The answer to the end of a session. */
const ended = {};

/** The charger boots and gets this status, with our time and an interval. */
export const bootsAnd = (word: 'Accepted' | 'Pending' | 'Rejected'): Step =>
  says(
    'BootNotification',
    {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'Acme', model: 'Wallbox', firmwareVersion: '1.0' },
    },
    { status: word, currentTime: aTime, interval: 560 },
  );

/** The charger boots and is accepted, with our time and the interval of its heartbeats. */
export const boots = bootsAnd('Accepted');

/** A connector changes its status. */
export const status = (connectorStatus: string, at: number, evseId = 1): Step =>
  says('StatusNotification', {
    evseId,
    connectorId: 1,
    connectorStatus,
    timestamp: minute(at),
  });

/** A driver presents a token, and the answer says of it what it should. */
export const authorizes = (idToken: object = ada, answer: object = accepted): Step =>
  says('Authorize', { idToken }, answer);

/** A value of the register in Wh. */
export const register = (at: number, value: number, context = 'Sample.Periodic') => ({
  timestamp: minute(at),
  sampledValue: [{ value, context, measurand: 'Energy.Active.Import.Register' }],
});

/** An event of the transaction `tx`; `info` is added to what it says of the transaction. */
export const event = (
  eventType: 'Started' | 'Updated' | 'Ended',
  seqNo: number,
  at: number,
  triggerReason: string,
  { info = {}, ...more }: { readonly info?: object; readonly [field: string]: unknown } = {},
  answer: object = {},
): Step =>
  says(
    'TransactionEvent',
    {
      eventType,
      seqNo,
      timestamp: minute(at),
      triggerReason,
      transactionInfo: { transactionId: 'tx', ...info },
      ...more,
    },
    answer,
  );

const evse = { id: 1, connectorId: 1 };

/** The session begins at minute 0 with the register at 1,000 Wh, by a token that may charge. */
export const starts = (triggerReason = 'Authorized', more: object = {}, answer = accepted): Step =>
  event(
    'Started',
    0,
    0,
    triggerReason,
    {
      evse,
      idToken: ada,
      meterValue: [register(0, 1000, 'Transaction.Begin')],
      ...more,
    },
    answer,
  );

/** The session begins with the plug, before anybody has presented a token. */
export const plugsIn = (triggerReason = 'CablePluggedIn', more: object = {}): Step =>
  event('Started', 0, 0, triggerReason, {
    evse,
    meterValue: [register(0, 1000, 'Transaction.Begin')],
    ...more,
  });

/** A token is presented for the session that runs. */
export const presents = (seqNo: number, idToken: object = ada, answer: object = accepted): Step =>
  event('Updated', seqNo, 1, 'Authorized', { idToken }, answer);

/** The vehicle charges, or does something else. */
export const changesState = (seqNo: number, at: number, chargingState: string): Step =>
  event('Updated', seqNo, at, 'ChargingStateChanged', { info: { chargingState } });

/** The register stands at 3,500 Wh after half an hour. */
export const meters = (seqNo: number): Step =>
  event('Updated', seqNo, 30, 'MeterValuePeriodic', { meterValue: [register(30, 3500)] });

/** The session ends after an hour with the register at 6,000 Wh. */
export const ends = (
  seqNo: number,
  triggerReason: string,
  stoppedReason: string,
  more: object = {},
  answer: object = ended,
): Step =>
  event(
    'Ended',
    seqNo,
    60,
    triggerReason,
    {
      info: { stoppedReason },
      meterValue: [register(60, 6000, 'Transaction.End')],
      ...more,
    },
    answer,
  );

/** The session of these messages: an hour, 5 kWh, 2.50 EUR; and the kinds of its messages before the end. */
export const charged = (
  shown: object = {},
  readings: readonly string[] = ['event', 'meter'],
): LeftSession => ({
  shown: {
    state: 'ended',
    tokenId: 'ADA',
    evseId: 1,
    connectorId: 1,
    transactionId: 'tx',
    startedAt: minute(0),
    endedAt: minute(60),
    energyKwh: 5,
    ...shown,
  },
  bill: { kwh: 5, total: '2.50' },
  readings: [...readings, 'stop'],
});

/** The connectors of the charger as they are shown. */
export const connectors = (one: string | null, two: string | null = null) => ({
  connectors: [
    { evseId: 1, connectorId: 1, status: one },
    { evseId: 2, connectorId: 1, status: two },
  ],
});
