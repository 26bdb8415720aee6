import type { ConnectorRef } from '../../charger/connector-ref.ts';
import type { MeterReading } from '../../metering/model/reading.ts';
import {
  type CheckedValues,
  checkSignedValues,
  type DeliveredValue,
  type KeysOf,
} from '../../ocmf/check-signed-values.ts';
import { findSignedRecords, receivedRecord } from '../../ocmf/find-signed-records.ts';
import { keyCounts, type MeterKey } from '../../ocmf/meter-key.ts';
import { parseOcmf } from '../../ocmf/parse-ocmf.ts';

/** The signed values among readings, each as its charger sent it. */
export const signedValuesIn = (readings: readonly MeterReading[]): readonly DeliveredValue[] =>
  readings.flatMap(({ sampledValues }) =>
    sampledValues
      .filter(({ format }) => format === 'signed')
      .map(({ value, context }) => ({ value, context })),
  );

/** Those of a charger's keys that count for a record among the signed values of a connector's session, by their ids. */
export const keysThatCount = (
  keys: readonly MeterKey[],
  values: readonly DeliveredValue[],
  connector: ConnectorRef,
): readonly MeterKey[] => {
  const found = values.flatMap(({ value }) => findSignedRecords(value));
  const parsed = found.flatMap(({ format, record }) =>
    format === 'ocmf' ? [parseOcmf(receivedRecord(record))] : [],
  );
  return byId(keys).filter((key) =>
    parsed.some((each) =>
      keyCounts(key, each.kind === 'record' ? each.record : undefined, connector),
    ),
  );
};

/** Checks signed values of a connector's session with the keys of its charger that count. */
export const checkMeterValues = (
  values: readonly DeliveredValue[],
  keys: readonly MeterKey[],
  connector: ConnectorRef,
): CheckedValues => checkSignedValues(values, keysOfConnector(keys, connector));

/** How the keys of a charger that count for a record of a connector's session are found. */
export const keysOfConnector = (keys: readonly MeterKey[], connector: ConnectorRef): KeysOf => {
  const sorted = byId(keys);
  return (record) =>
    sorted
      .filter((key) => keyCounts(key, record, connector))
      .map(({ publicKey, encoding, meterKeyId }) => ({
        text: publicKey,
        meterKeyId,
        ...(encoding !== undefined && { encoding }),
      }));
};

const byId = (keys: readonly MeterKey[]): readonly MeterKey[] =>
  keys.toSorted((a, b) => (a.meterKeyId < b.meterKeyId ? -1 : 1));
