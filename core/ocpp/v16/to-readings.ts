import type { DecodedMessage } from '../../cdr/compute/cdr-rules.ts';
import type { SampledValue } from '../../metering/model/reading.ts';
import { holdsSignedRecord } from '../../ocmf/find-signed-records.ts';
import { validateMeterValuesRequest } from '../generated/v16/meter-values-request.js';
import type { StopTransactionRequest } from '../generated/v16/stop-transaction-request.js';
import { validateStopTransactionRequest } from '../generated/v16/stop-transaction-request.js';
import { placeholderTransactionId } from '../quirks/flags/placeholder-transaction-id.ts';
import { unreadableTransactionId } from '../quirks/repairs/unreadable-transaction-id.ts';
import { parseJson } from '../rpc/parse-json.ts';
import { madeUpIdOf } from './made-up-id-of.ts';
import { readPayload } from './read-payload.ts';
import type { Tolerated } from './tolerated.ts';

type WireMeterValue = NonNullable<Tolerated<StopTransactionRequest>['transactionData']>[number];
type WireSampledValue = WireMeterValue['sampledValue'][number];

/**
 * Reads the values of MeterValues.req (`meter`), or the transactionData of StopTransaction.req (`stop`; meterStop is
 * no reading, it stays with the session), out of a payload's text. Values without a timestamp take that of their
 * arrival. A text that cannot be read has no readings. With them comes the id that the charger made up (see madeUpIdOf).
 */
export const toReadings = (
  kind: 'meter' | 'stop',
  raw: string,
  receivedAt: number,
): Pick<DecodedMessage, 'readings' | 'madeUpId'> => {
  const { values, guessed, madeUpId } = valuesOf(kind, raw);
  const readings = values
    .filter(({ sampledValue }) => sampledValue.length > 0)
    .map(({ timestamp, sampledValue }) => ({
      timestamp: timestamp || new Date(receivedAt).toISOString(),
      receivedAt,
      offline: false,
      ...(guessed && { guessed }),
      sampledValues: sampledValue.map(toSampledValue),
    }));
  return madeUpId === undefined ? { readings } : { readings, madeUpId };
};

/** The values of a message, and whether somebody had to guess what session they belong to. */
type Values = Pick<DecodedMessage, 'madeUpId'> & {
  readonly values: readonly WireMeterValue[];
  readonly guessed?: true;
};

const valuesOf = (kind: 'meter' | 'stop', raw: string): Values => {
  const payload = parseJson(raw)?.value;
  if (kind === 'meter') {
    const found = readPayload('MeterValues', validateMeterValuesRequest, payload, raw);
    if (found.kind === 'refused') return { values: [] };
    const values = found.payload.meterValue;
    if (!found.quirks.some(isGuess)) return { values };
    return { values, guessed: true, ...madeUpIdOf(found.payload.transactionId, raw) };
  }
  const found = readPayload('StopTransaction', validateStopTransactionRequest, payload, raw);
  if (found.kind === 'refused') return { values: [] };
  const { transactionData: values = [], transactionId } = found.payload;
  return { values, ...madeUpIdOf(transactionId, raw) };
};

/** Without a transaction id the charger reports on the connector; with an impossible id it has lost track of its transaction. */
const isGuess = (quirk: string): boolean =>
  quirk === placeholderTransactionId.name || quirk === unreadableTransactionId.name;

/** The defaults are those of OCPP 1.6 section 7.43. */
const toSampledValue = (wire: WireSampledValue): SampledValue => ({
  value: wire.value,
  context: wire.context ?? 'Sample.Periodic',
  measurand: wire.measurand ?? 'Energy.Active.Import.Register',
  location: wire.location ?? 'Outlet',
  multiplier: 0,
  format: isSigned(wire) ? 'signed' : 'raw',
  // There are thousands of these in a session.
  ...(wire.phase === undefined ? undefined : { phase: wire.phase }),
  ...(wire.unit === undefined ? undefined : { unit: wire.unit }),
});

/** Some chargers send a record without saying that it is one. */
const isSigned = ({ format, value }: WireSampledValue): boolean =>
  format === 'SignedData' || holdsSignedRecord(value);
