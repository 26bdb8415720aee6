import { connectorStatusWord } from '../../../../core/charger/connector-status.ts';
import type { MeterReading, SampledValue } from '../../../../core/metering/model/reading.ts';
import type { OcppEvent } from '../../../../core/ocpp/event.ts';

/** Writes an event as the OCPP 1.6 payload that a charger would send for it. */
export const wireOf = (event: OcppEvent, readings: readonly MeterReading[]): object => {
  switch (event.kind) {
    case 'booted':
      return {
        chargePointVendor: event.vendor ?? '',
        chargePointModel: event.model ?? '',
        chargePointSerialNumber: event.serialNumber,
        firmwareVersion: event.firmwareVersion,
        iccid: event.iccid,
        imsi: event.imsi,
        meterType: event.meterType,
        meterSerialNumber: event.meterSerialNumber,
      };
    case 'tokenPresented':
      return { idTag: event.tokenId };
    case 'sessionStarted':
      return withoutPlace({ ...event, idTag: event.tokenId });
    case 'metered':
      return {
        ...transaction(event),
        connectorId: event.connectorId,
        meterValue: wireValues(event, readings),
      };
    case 'sessionStopped':
      return {
        ...transaction(event),
        idTag: event.tokenId,
        meterStop: event.meterStop,
        timestamp: event.timestamp,
        reason: event.reason,
        transactionData: readings.map(wireValue),
      };
    case 'dataTransferred':
      return { vendorId: event.vendorId, messageId: event.vendorMessageId, data: event.data };
    case 'securityReported':
      return { type: event.type, timestamp: event.timestamp, techInfo: event.details };
    case 'statusReported':
      return { ...withoutPlace(event), status: connectorStatusWord(event.status) };
    case 'diagnosticsReported':
    case 'firmwareReported':
      return { status: event.status, requestId: event.requestId };
    case 'certificateRequested':
      return { csr: event.csr };
    case 'heartbeat':
      return {};
    case 'sessionReported':
    case 'informed':
    case 'needsReported':
    case 'scheduleReported':
    case 'contractRequested':
    case 'revocationAsked':
    case 'scheduleAsked':
    case 'streamOpened':
    case 'paymentSettled':
    case 'vatNumberAsked':
    case 'chainStatusAsked':
      throw new Error('no charger of OCPP 1.6 says this');
    case 'unusable':
      throw new Error('what could not be read cannot be written');
    default:
      return event satisfies never;
  }
};

const withoutPlace = (event: object): object => {
  const { kind, raw, evseId, tokenId, ...wire } = event as Record<string, unknown>;
  return wire;
};

/** A stop has to name a transaction; 0 is what a charger writes when it knows none. */
const transaction = (event: { transactionId?: string }): object =>
  event.transactionId === undefined
    ? { transactionId: 0 }
    : { transactionId: Number(event.transactionId) };

const wireValues = (event: { timestamp?: string }, readings: readonly MeterReading[]): object[] => {
  const values = readings.map(wireValue);
  // A first value that measured nothing is not a reading, but its time is that of the event.
  if (event.timestamp === undefined || readings[0]?.timestamp === event.timestamp) return values;
  return [{ timestamp: event.timestamp, sampledValue: [] }, ...values];
};

const wireValue = (reading: MeterReading): object => ({
  timestamp: reading.timestamp,
  sampledValue: reading.sampledValues.map(wireSample),
});

const wireSample = ({
  format,
  multiplier: _multiplier,
  unnamed,
  measurand,
  ...sample
}: SampledValue): object => ({
  ...sample,
  ...(unnamed ? {} : { measurand }),
  format: format === 'signed' ? 'SignedData' : 'Raw',
});
