import type { DecodedMessage } from '../../cdr/compute/cdr-rules.ts';
import type { ChargerSays } from '../../cdr/compute/charger-says.ts';
import type { ConnectorStatus } from '../../charger/connector-status.ts';
import type { MeterReading } from '../../metering/model/reading.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { MeterValuesRequest } from '../generated/v201/meter-values-request.js';
import type { StatusNotificationRequest } from '../generated/v201/status-notification-request.js';
import { isJsonObject } from '../json-object.ts';
import type { ReadPayload } from '../read-payload.ts';
import { parseJson } from '../rpc/parse-json.ts';
import { storableNumber } from '../storable-number.ts';
import { timestampOf } from '../timestamp-of.ts';
import type { ReadStatus, Version } from '../version.ts';
import { chargedSeconds } from './charged-seconds.ts';
import { chargingStateOf } from './charging-state-of.ts';
import { tokenOf } from './id-token.ts';
import { placeOfEvse } from './place-of-evse.ts';
import { statesOf } from './states-of.ts';
import { toStatusReported } from './status-notification.ts';
import { toReadings } from './to-readings.ts';
import type { Tolerated } from './tolerated.ts';
import type { TransactionMessage } from './transaction-message.ts';

type Read<Message> = (payload: unknown, raw: string) => ReadPayload<Message>;

/** How the messages that are stored are read in one version of OCPP 2.x. */
export type StoredReaders = {
  readonly transactionEvent: Read<TransactionMessage>;
  readonly meterValues: Read<Tolerated<MeterValuesRequest>>;
  readonly statusNotification: Read<Tolerated<StatusNotificationRequest>>;
  /** The words of a transaction's message about the charger's own doing, in versions that have words for it. */
  readonly says?: (wire: TransactionMessage) => ChargerSays | undefined;
};

const nothing: DecodedMessage = { readings: [], states: [] };

/** Reads the payloads of stored messages of OCPP 2.x again, and what they say of their connector's status. */
export const storedReading = (
  readers: StoredReaders,
): Pick<Version, 'decodeStored' | 'readStatus'> => ({
  decodeStored: (kind, raw, receivedAt) => {
    const payload = parseJson(raw)?.value;
    switch (kind) {
      case 'status':
        return decodeStatus(readers, payload, raw, receivedAt);
      // Readings of a transaction are stored like those outside of any.
      case 'meter':
      case 'event':
      case 'stop':
        return isJsonObject(payload) &&
          payload['meterValue'] !== undefined &&
          !hasTransaction(payload)
          ? decodeMeterValues(readers, payload, raw, receivedAt)
          : decodeTransaction(readers, payload, raw, receivedAt);
      default:
        return kind satisfies never;
    }
  },
  readStatus: (kind, raw) => {
    const payload = parseJson(raw)?.value;
    if (kind === 'status') {
      const found = readers.statusNotification(payload, raw);
      return found.kind === 'read' ? toStatusReported(found.payload, raw) : undefined;
    }
    if (kind !== 'event' && kind !== 'stop') return undefined;
    const read = readers.transactionEvent(payload, raw);
    if (read.kind === 'refused') return undefined;
    return kind === 'stop' ? shown('finishing', read.payload, raw) : statusOf(read.payload, raw);
  },
});

/**
 * The status that a message of a transaction shows of its connector; that nothing is connected, StatusNotification says. Most
 * messages after the first do not name the connector: then it is the one of their transaction.
 */
const statusOf = (wire: TransactionMessage, raw: string): ReadStatus | undefined => {
  const status = chargingStateOf(wire);
  return status === undefined || status === 'available' ? undefined : shown(status, wire, raw);
};

const shown = (status: ConnectorStatus, wire: TransactionMessage, raw: string): ReadStatus =>
  omitUndefined({
    kind: 'statusReported',
    ...placeOfEvse(wire.evse?.id ?? 0, wire.evse?.connectorId),
    status,
    errorCode: 'NoError',
    timestamp: timestampOf(wire.timestamp),
    raw,
    begins: wire.eventType === 'Started' ? true : undefined,
  } as const);

const hasTransaction = (payload: object): boolean => Object.hasOwn(payload, 'transactionInfo');

const decodeStatus = (
  { statusNotification }: StoredReaders,
  payload: unknown,
  raw: string,
  receivedAt: number,
): DecodedMessage => {
  const found = statusNotification(payload, raw);
  if (found.kind === 'refused') return nothing;
  const { status, timestamp } = toStatusReported(found.payload, raw);
  return stateOf(status, timestamp, receivedAt);
};

const decodeMeterValues = (
  { meterValues }: StoredReaders,
  payload: unknown,
  raw: string,
  receivedAt: number,
): DecodedMessage => {
  const found = meterValues(payload, raw);
  if (found.kind === 'refused') return nothing;
  return {
    ...nothing,
    readings: toReadings(found.payload.meterValue, { receivedAt, offline: false }),
  };
};

const decodeTransaction = (
  { transactionEvent, says }: StoredReaders,
  payload: unknown,
  raw: string,
  receivedAt: number,
): DecodedMessage => {
  const found = transactionEvent(payload, raw);
  if (found.kind === 'refused') return nothing;
  const wire = found.payload;
  const states = statesOf(wire, receivedAt);
  const readings = readingsOf(wire, receivedAt);
  const said = says?.(wire);
  const charged = chargedSeconds(wire);
  return {
    readings,
    states,
    ...numberedOf(wire, readings),
    ...(charged === undefined
      ? said && { says: said }
      : { says: { at: wire.timestamp ?? '', ...said, chargedSeconds: charged } }),
  };
};

/** Two copies of a message say the same, although the later one says that the charger was offline, and was received later. */
const numberedOf = (
  {
    seqNo: number,
    eventType,
    timestamp,
    triggerReason,
    transactionInfo,
    evse,
    idToken,
  }: TransactionMessage,
  readings: readonly MeterReading[],
): Pick<DecodedMessage, 'numbered'> => {
  const seqNo = storableNumber(number);
  if (seqNo === undefined) return {};
  const { chargingState, stoppedReason } = transactionInfo;
  const values = readings.map((reading) => [reading.timestamp, reading.sampledValues]);
  const said = [eventType, timestamp, triggerReason, chargingState, stoppedReason, evse?.id];
  const content = JSON.stringify([...said, evse?.connectorId, tokenOf(idToken), values]);
  return { numbered: { seqNo, content } };
};

const stateOf = (
  status: ConnectorStatus,
  timestamp: string | undefined,
  receivedAt: number,
): DecodedMessage => ({
  ...nothing,
  states: [{ timestamp: timestamp || new Date(receivedAt).toISOString(), receivedAt, status }],
});

/** A message without values is a reading of nothing: its number counts, so that one that is missing is noticed. */
const readingsOf = (wire: TransactionMessage, receivedAt: number): readonly MeterReading[] => {
  const { offline = false, meterValue = [] } = wire;
  const seqNo = storableNumber(wire.seqNo);
  const receipt = { receivedAt, offline, ...(seqNo === undefined ? {} : { seqNo }) };
  const readings = toReadings(meterValue, receipt);
  if (readings.length > 0 || seqNo === undefined) return readings;
  const timestamp = wire.timestamp || new Date(receivedAt).toISOString();
  return [{ timestamp, ...receipt, sampledValues: [] }];
};
