import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodedMessage } from '../../../../core/cdr/compute/cdr-rules.ts';
import type { OcppEvent } from '../../../../core/ocpp/event.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { routes as routes21 } from '../../../../core/ocpp/v21/routes.ts';
import { v21 } from '../../../../core/ocpp/v21/v21.ts';
import { routes as routes201 } from '../../../../core/ocpp/v201/routes.ts';
import { v201 } from '../../../../core/ocpp/v201/v201.ts';
import { arbitraryMessage, isOfficial } from '../v201/official-messages.ts';
import { wireOf } from './wire-of.ts';

type Payload = Readonly<Record<string, unknown>>;
type Read = { readonly events: readonly OcppEvent[]; readonly decoded: DecodedMessage };

const versions = [
  { version: v201, protocol: 'ocpp2.0.1', actions: Object.keys(routes201) },
  { version: v21, protocol: 'ocpp2.1', actions: Object.keys(routes21) },
] as const;

const nothing: DecodedMessage = { readings: [], states: [] };

/** Reads a message as it arrives, and what is stored of it as it is read for a bill. */
function readBy(version: typeof v201, action: string, payload: object): Read {
  const received = receive(version, JSON.stringify([2, 'm1', action, payload]));
  if (received.kind !== 'call') throw new Error(`${action}: ${JSON.stringify(received)}`);
  const { events } = received;
  const raw = events[0]?.raw ?? '';
  const isMetered = action === 'MeterValues' || action === 'TransactionEvent';
  const kind = events.some((one) => one.kind === 'sessionStopped') ? 'stop' : 'event';
  return { events, decoded: isMetered ? version.decodeStored(kind, raw, 0) : nothing };
}

/** The meaning that was read, without the text that it came as. */
const meaningOf = ({ events, decoded: { numbered, ...decoded } }: Read) => ({
  events: events.map(({ raw: _raw, ...event }) => event),
  decoded: { ...decoded, seqNo: numbered?.seqNo },
});

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** An object without what says nothing. */
const said = (fields: Payload): Payload =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));

const pick = (value: unknown, ...names: readonly string[]): Payload =>
  said(Object.fromEntries(names.map((name) => [name, (value as Payload | undefined)?.[name]])));

const evseOf = (value: unknown): Payload | undefined =>
  value === undefined || (value as Payload)['id'] === 0
    ? undefined
    : pick(value, 'id', 'connectorId');

/** Of the button of a charger the type says all, of any other token its text. */
const tokenOf = (idToken: unknown): Payload => {
  const isButton = (idToken as Payload | undefined)?.['type'] === 'NoAuthorization';
  return pick(idToken, isButton ? 'type' : 'idToken');
};

const sampleOf = (value: unknown): Payload => {
  const { customData: _vendor, unitOfMeasure, ...sample } = value as Payload;
  return said({ ...sample, unitOfMeasure: pick(unitOfMeasure, 'unit', 'multiplier') });
};

const valuesOf = (value: unknown): unknown =>
  (value as readonly Payload[] | undefined)?.map(({ timestamp, sampledValue }) => ({
    timestamp,
    sampledValue: (sampledValue as readonly unknown[]).map(sampleOf),
  }));

/** The part of a payload that has to come through, of messages which mean more than their text. */
const parts: Readonly<Record<string, (payload: Payload) => Payload>> = {
  BootNotification: ({ chargingStation }) => {
    const names = ['vendorName', 'model', 'serialNumber', 'firmwareVersion'];
    const modem = pick((chargingStation as Payload)['modem'], 'iccid', 'imsi');
    return { chargingStation: said({ ...pick(chargingStation, ...names), modem }) };
  },
  Authorize: ({ idToken }) => ({ idToken: tokenOf(idToken) }),
  DataTransfer: (payload) => pick(payload, 'vendorId', 'messageId'),
  FirmwareStatusNotification: (payload) => pick(payload, 'status', 'requestId'),
  PublishFirmwareStatusNotification: (payload) => pick(payload, 'status', 'requestId'),
  LogStatusNotification: (payload) => pick(payload, 'status', 'requestId'),
  SecurityEventNotification: (payload) => pick(payload, 'type', 'timestamp', 'techInfo'),
  SignCertificate: (payload) => pick(payload, 'csr', 'requestId'),
  StatusNotification: (payload) =>
    payload['evseId'] === 0
      ? pick(payload, 'connectorStatus', 'timestamp', 'evseId')
      : pick(payload, 'connectorStatus', 'timestamp', 'evseId', 'connectorId'),
  MeterValues: ({ evseId, meterValue }) => ({ evseId, meterValue: valuesOf(meterValue) }),
  TransactionEvent: (payload) => {
    const isStart = payload['eventType'] === 'Started';
    const isEnd = payload['eventType'] === 'Ended';
    const info = payload['transactionInfo'];
    return said({
      ...pick(payload, 'eventType', 'timestamp', 'seqNo', 'offline'),
      reservationId: isStart ? payload['reservationId'] : undefined,
      evse: evseOf(payload['evse']),
      idToken: tokenOf(payload['idToken']),
      meterValue: valuesOf(payload['meterValue']),
      transactionInfo: said({
        ...pick(info, 'transactionId', 'chargingState'),
        ...(isStart && pick(info, 'remoteStartId')),
        ...(isEnd && pick(info, 'stoppedReason')),
      }),
    });
  },
  PullDynamicScheduleUpdate: (payload) => pick(payload, 'chargingProfileId'),
  VatNumberValidation: (payload) => pick(payload, 'vatNumber', 'evseId'),
  NotifySettlement: (payload) =>
    pick(payload, 'transactionId', 'status', 'settlementAmount', 'settlementTime'),
  Heartbeat: () => ({}),
};

describe.each(versions)('a message of $protocol', ({ version, protocol, actions }) => {
  it.each(actions)('%s keeps its meaning when it is read, and written as it was read', (action) => {
    fc.assert(
      fc.property(arbitraryMessage(protocol, action, 'request'), (payload) => {
        const read = readBy(version, action, payload);
        const wire = wireOf(action, read.events, read.decoded);
        expect(isOfficial(protocol, action, 'request', wire), JSON.stringify(wire)).toBe(true);
        expect(wire).toMatchObject(parts[action]?.(payload) ?? {});
        expect(meaningOf(readBy(version, action, wire))).toEqual(meaningOf(read));
      }),
      { numRuns: 15 },
    );
  });

  it('every message of which only its text is kept comes back as that text', () => {
    for (const action of actions.filter((one) => parts[one] === undefined)) {
      const [payload = {}] = fc.sample(arbitraryMessage(protocol, action, 'request'), 1);
      const { events } = readBy(version, action, payload);
      expect(events.map(({ raw }) => JSON.parse(raw))).toEqual([
        JSON.parse(JSON.stringify(payload)),
      ]);
    }
  });
});
