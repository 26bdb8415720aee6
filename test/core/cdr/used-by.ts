import { expect } from 'vitest';
import { noBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';
import type { Session } from '../../../core/session/session.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';

const began = Date.UTC(2026, 2, 10, 9);
/** Minute `minute` of the sessions, as their chargers write it. */
export const iso = (minute: number): string => new Date(began + minute * 60_000).toISOString();

/** A stored message and when it came. */
export type Message = StoredMessage & { readonly receivedAt: string };

/** A stored message that came at a minute. */
export const message = (
  minute: number,
  kind: StoredMessage['kind'],
  name: string,
  raw: object,
): Message => ({
  key: `${iso(minute)}#${kind}#${name}`,
  kind,
  receivedAt: iso(minute),
  evseId: 1,
  connectorId: 1,
  raw: JSON.stringify(raw),
});

/** A status of a connector of OCPP 1.6. */
export const status = (minute: number, word: string, timestamp = iso(minute)): Message =>
  message(minute, 'status', word, {
    connectorId: 1,
    errorCode: 'NoError',
    status: word,
    timestamp,
  });

/** A register of OCPP 1.6 in Wh. */
export const reading = (minute: number, wh: number): Message =>
  message(minute, 'meter', String(wh), {
    connectorId: 1,
    transactionId: 7,
    meterValue: [{ timestamp: iso(minute), sampledValue: [{ value: String(Math.round(wh)) }] }],
  });

/** A message of a transaction of OCPP 2, with its register in Wh. */
export const event = (
  minute: number,
  seqNo: number,
  wh: number,
  says: {
    readonly state?: string | undefined;
    readonly trigger?: string;
    readonly ends?: true;
  } = {},
): Message => {
  const eventType = says.ends ? 'Ended' : seqNo === 0 ? 'Started' : 'Updated';
  return message(minute, says.ends ? 'stop' : 'event', String(seqNo), {
    eventType,
    timestamp: iso(minute),
    triggerReason: says.trigger ?? 'MeterValuePeriodic',
    seqNo,
    transactionInfo: { transactionId: '7', ...(says.state && { chargingState: says.state }) },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{ timestamp: iso(minute), sampledValue: [{ value: Math.round(wh) }] }],
  });
};

const tariff = {
  tariffId: 't',
  version: 1,
  name: 'A',
  currency: 'EUR',
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.50', stepSize: 0 }] }],
  rounding: { mode: 'half-up', scope: 'total' },
};

/** How long the vehicle charged, stood and was not there, in minutes, by the CDR of a session that began at minute 0. */
export const usedBy = (
  protocol: Protocol,
  minutes: number,
  messages: readonly Message[],
  ends: {
    readonly meterStart?: number;
    readonly meterStop?: number;
    readonly maxPowerW?: number;
  } = {},
) => {
  const { meterStart, meterStop, maxPowerW } = ends;
  const session = {
    sessionId: 's',
    operatorId: 'o',
    chargerId: 'C',
    evseId: 1,
    connectorId: 1,
    transactionId: '7',
    protocol,
    state: 'ended',
    timeZone: 'UTC',
    ...(maxPowerW !== undefined && { maxPowerW }),
    start: {
      startedAt: iso(0),
      receivedAt: iso(0),
      tokenId: 'T',
      authorization: 'Accepted',
      ...(meterStart !== undefined && { meterStart }),
    },
    stop: {
      endedAt: iso(minutes),
      receivedAt: iso(minutes),
      reason: 'Local',
      ...(meterStop !== undefined && { meterStop }),
    },
    anomalies: [],
  } as Session;
  const version = protocol === 'ocpp1.6' ? v16 : v201;
  const rules = { read: (one: StoredMessage) => decodeMessage(version, one), price: priceSession };
  const { content } = computeCdr(
    session,
    tariff as never,
    messages as never,
    rules as never,
    noBasis,
  );
  expect(content.total, JSON.stringify(content.anomalies)).not.toBeNull();
  const unused = content.durationSeconds - content.chargingSeconds - content.idleSeconds;
  return [content.chargingSeconds / 60, content.idleSeconds / 60, unused / 60];
};
