import type { DecodedMessage } from '../../../../core/cdr/compute/cdr-rules.ts';
import type { ChargerCost, KeptLimit } from '../../../../core/cdr/compute/charger-says.ts';
import {
  type ConnectorStatus,
  connectorStatusWord,
} from '../../../../core/charger/connector-status.ts';
import type { MeterReading, SampledValue } from '../../../../core/metering/model/reading.ts';
import type { EventKind, EventOf, OcppEvent } from '../../../../core/ocpp/event.ts';
import { idToken as writtenToken } from '../../../../core/ocpp/v201/requests/id-token.ts';

type Wire = Readonly<Record<string, unknown>>;

const eventIn = <Kind extends EventKind>(events: readonly OcppEvent[], kind: Kind) =>
  events.find((event): event is EventOf<Kind> => event.kind === kind);

const chargingStates: Partial<Record<ConnectorStatus, string>> = {
  charging: 'Charging',
  'suspended-by-vehicle': 'SuspendedEV',
  'suspended-by-charger': 'SuspendedEVSE',
  preparing: 'EVConnected',
  finishing: 'EVConnected',
  available: 'Idle',
};

const limits: Readonly<Record<KeptLimit, string>> = {
  cost: 'CostLimitReached',
  energy: 'EnergyLimitReached',
  time: 'TimeLimitReached',
  'state of charge': 'SoCLimitReached',
};

/** A reason that means as much as the one that the charger gave. */
function reasonOf(
  { states, says }: DecodedMessage,
  mayChangeState: boolean,
  mustSayContinued: boolean,
): string {
  if (mustSayContinued) return 'TxResumed';
  if (says?.limit !== undefined) return limits[says.limit];
  if (states[0]?.pluggedIn) return 'CablePluggedIn';
  if (states[0]?.status === 'finishing') return 'StopAuthorized';
  return mayChangeState ? 'ChargingStateChanged' : 'MeterValuePeriodic';
}

const sampleOf = (raw: SampledValue, next: SampledValue | undefined): Wire => {
  const { value, unit, multiplier, format: _format, unnamed, measurand, ...described } = raw;
  return {
    ...described,
    measurand: unnamed ? undefined : measurand,
    value: Number(value),
    unitOfMeasure: { unit, multiplier },
    signedMeterValue: next?.format === 'signed' ? JSON.parse(next.value) : undefined,
  };
};

/** The readings of a message as its meter values; a signed record stands beside the value before it. */
const meterValueOf = (readings: readonly MeterReading[]): readonly Wire[] | undefined => {
  const values = readings
    .filter(({ sampledValues }) => sampledValues.length > 0)
    .map(({ timestamp, sampledValues }) => ({
      timestamp,
      sampledValue: sampledValues.flatMap((sample, index) =>
        sample.format === 'raw' ? [sampleOf(sample, sampledValues[index + 1])] : [],
      ),
    }));
  return values.length === 0 ? undefined : values;
};

const costDetailsOf = (cost: ChargerCost): Wire => {
  const total =
    cost.kind === 'failed'
      ? {}
      : {
          exclTax: cost.exclVat === undefined ? undefined : Number(cost.exclVat),
          inclTax: cost.inclVat === undefined ? undefined : Number(cost.inclVat),
        };
  const currency = cost.kind === 'failed' ? 'EUR' : cost.currency;
  return {
    totalCost: { currency, typeOfCost: 'NormalCost', total },
    totalUsage: { energy: 0, chargingTime: 0, idleTime: 0 },
    ...(cost.kind === 'failed' && { failureToCalculate: true, failureReason: cost.reason }),
  };
};

/** Where it was: an end names its place or none, and of all others none is the whole charger. */
function evseOf(events: readonly OcppEvent[]): Wire | undefined {
  const stopped = eventIn(events, 'sessionStopped');
  const place = stopped === undefined ? eventIn(events, 'sessionReported') : stopped.place;
  const isNamed = place !== undefined && (stopped !== undefined || place.evseId > 0);
  return isNamed ? { id: place.evseId, connectorId: place.connectorId } : undefined;
}

const tokenOf = (events: readonly OcppEvent[]): Wire | undefined => {
  const idToken =
    eventIn(events, 'sessionStarted')?.tokenId ?? eventIn(events, 'tokenPresented')?.tokenId;
  return idToken === undefined ? undefined : { ...writtenToken(idToken) };
};

function transactionOf(events: readonly OcppEvent[], decoded: DecodedMessage): Wire {
  const reported = eventIn(events, 'sessionReported');
  const started = eventIn(events, 'sessionStarted');
  const stopped = eventIn(events, 'sessionStopped');
  const [reading] = decoded.readings;
  const [state] = decoded.states;
  const { cost } = decoded.says ?? {};
  // A start that has a number above 0 continues a transaction by that alone.
  const mustSayContinued = started?.isContinued === true && !((reading?.seqNo ?? 0) > 0);
  return {
    eventType: started ? 'Started' : stopped ? 'Ended' : 'Updated',
    timestamp: (reported ?? stopped)?.timestamp,
    triggerReason: reasonOf(decoded, reported?.mayChangeState ?? true, mustSayContinued),
    seqNo: reading?.seqNo,
    offline: reading?.offline,
    evse: evseOf(events),
    idToken: tokenOf(events),
    reservationId: started?.reservationId,
    meterValue: meterValueOf(decoded.readings),
    costDetails: cost === undefined ? undefined : costDetailsOf(cost),
    transactionInfo: {
      transactionId: (reported ?? stopped)?.transactionId,
      remoteStartId: started?.remoteStartId,
      stoppedReason: stopped?.reason,
      timeSpentCharging: decoded.says?.chargedSeconds,
      chargingState: state && chargingStates[state.status],
    },
  };
}

const uses = { charger: 'ChargingStationCertificate', v2g: 'V2GCertificate' } as const;

function wireOfOne(event: OcppEvent, decoded: DecodedMessage): Wire {
  switch (event.kind) {
    case 'booted': {
      const { vendor: vendorName = '', model = '', serialNumber, firmwareVersion } = event;
      const modem = { iccid: event.iccid, imsi: event.imsi };
      const chargingStation = { vendorName, model, serialNumber, firmwareVersion, modem };
      return { reason: 'PowerUp', chargingStation };
    }
    case 'tokenPresented':
      return {
        idToken: { ...writtenToken(event.tokenId) },
        certificate: event.hasCertificate && 'PEM',
      };
    case 'statusReported':
      return {
        evseId: event.evseId,
        connectorId: event.connectorId,
        connectorStatus: connectorStatusWord(event.status),
        timestamp: event.timestamp,
      };
    case 'metered':
      return { evseId: event.evseId, meterValue: meterValueOf(decoded.readings) };
    case 'dataTransferred':
      return { vendorId: event.vendorId, messageId: event.vendorMessageId, data: event.data };
    case 'diagnosticsReported':
    case 'firmwareReported':
      return { status: event.status, requestId: event.requestId };
    case 'securityReported':
      return { type: event.type, timestamp: event.timestamp, techInfo: event.details };
    case 'certificateRequested': {
      const { csr, use, requestId } = event;
      return { csr, certificateType: use && uses[use], requestId };
    }
    case 'scheduleAsked':
      return { chargingProfileId: event.profileId };
    case 'vatNumberAsked':
      return { vatNumber: event.vatNumber, evseId: event.evseId };
    case 'chainStatusAsked':
      return {
        certificateStatusRequests: event.certificates.map((one) => ({ ...one, urls: ['u'] })),
      };
    case 'paymentSettled':
      return {
        pspRef: 'p',
        settlementAmount: Number(event.amount),
        settlementTime: event.timestamp,
        transactionId: event.transactionId,
        status: event.status,
        receiptId: event.hasReceipt ? 'r' : undefined,
      };
    case 'heartbeat':
      return {};
    // They are their payload, as it came.
    case 'informed':
    case 'needsReported':
    case 'scheduleReported':
    case 'contractRequested':
    case 'revocationAsked':
    case 'streamOpened':
      return JSON.parse(event.raw);
    case 'sessionStarted':
    case 'sessionReported':
    case 'sessionStopped':
      throw new Error('a transaction says it with others');
    case 'unusable':
      throw new Error('what could not be read cannot be written');
    default:
      return event satisfies never;
  }
}

/** Writes what a message was read as, as the payload that a charger of OCPP 2.x would send for it. */
export const wireOf = (
  action: string,
  events: readonly OcppEvent[],
  decoded: DecodedMessage,
): object => {
  const [first] = events;
  if (first === undefined) throw new Error('nothing was read');
  const wire =
    action === 'TransactionEvent' ? transactionOf(events, decoded) : wireOfOne(first, decoded);
  // Without what is undefined, as it goes over the wire.
  return JSON.parse(JSON.stringify(wire));
};
