import { at } from '../plant.ts';

type Payload = Record<string, unknown>;

/** A token as a message presents it. */
export const tag = (idToken = 'TAG1') => ({ idToken, type: 'ISO14443' });
/** The place of a session. */
export const evse = { id: 1, connectorId: 1 };

/** A register of energy at a minute, Wh. */
export const energy = (minute: number, wh: number, context?: string) => ({
  timestamp: at(minute),
  sampledValue: [context === undefined ? { value: wh } : { value: wh, context }],
});

/** A TransactionEvent of the transaction tx-1. */
export const event = (
  eventType: string,
  seqNo: number,
  minute: number,
  overrides: Payload = {},
  info: Payload = {},
): Payload => ({
  eventType,
  seqNo,
  timestamp: at(minute),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'tx-1', ...info },
  ...overrides,
});

/** Its start: TAG1 on EVSE 1 in minute 0, at 1 kWh. */
export const started = (overrides: Payload = {}) =>
  event('Started', 0, 0, {
    triggerReason: 'Authorized',
    idToken: tag(),
    evse,
    meterValue: [energy(0, 1000, 'Transaction.Begin')],
    ...overrides,
  });

/** One of its updates: 100 Wh a minute. */
export const updated = (seqNo: number, minute: number, overrides: Payload = {}) =>
  event('Updated', seqNo, minute, {
    meterValue: [energy(minute, 1000 + minute * 100)],
    ...overrides,
  });

/** Its end: an hour and 6 kWh later. */
export const ended = (seqNo: number, overrides: Payload = {}) =>
  event(
    'Ended',
    seqNo,
    60,
    {
      triggerReason: 'StopAuthorized',
      meterValue: [energy(60, 7000, 'Transaction.End')],
      ...overrides,
    },
    { stoppedReason: 'Local' },
  );
