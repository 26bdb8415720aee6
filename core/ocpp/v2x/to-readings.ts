import type { MeterReading, SampledValue } from '../../metering/model/reading.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type {
  MeterValueType,
  SampledValueType,
} from '../generated/v201/transaction-event-request.js';
import { lacksMeasurand } from '../lacks-measurand.ts';
import type { Tolerated } from './tolerated.ts';

/** Facts about all values of a message: when it came, whether the charger was offline, and its number. */
export type Receipt = Pick<MeterReading, 'receivedAt' | 'offline' | 'seqNo'>;

/** Reads meter values of OCPP 2.x; those without a timestamp take that of their arrival. */
export const toReadings = (
  values: readonly Tolerated<MeterValueType>[],
  receipt: Receipt,
): readonly MeterReading[] =>
  values
    .filter(({ sampledValue }) => sampledValue.length > 0)
    .map(({ timestamp, sampledValue }) => ({
      timestamp: timestamp || new Date(receipt.receivedAt).toISOString(),
      ...receipt,
      sampledValues: sampledValue.flatMap((one) => toSampledValues(one, sampledValue)),
    }));

type Wire = Tolerated<SampledValueType>;

const namedIn = ({ measurand, unitOfMeasure }: Wire) => ({ measurand, unit: unitOfMeasure?.unit });

const isUnnamed = (wire: Wire, all: readonly Wire[]): boolean =>
  wire.measurand === undefined && lacksMeasurand(namedIn(wire), all.map(namedIn));

/** A power of ten that no value can have. */
const mostPower = Number.MAX_SAFE_INTEGER;

/**
 * A value, and the signed record that stands beside it, which is a value of its own. The defaults are those of OCPP 2.0.1 part 2
 * section 2.41.
 */
const toSampledValues = (wire: Wire, all: readonly Wire[]): readonly SampledValue[] => {
  const described = omitUndefined({
    context: wire.context ?? 'Sample.Periodic',
    measurand: wire.measurand ?? 'Energy.Active.Import.Register',
    unnamed: isUnnamed(wire, all) ? (true as const) : undefined,
    phase: wire.phase,
    location: wire.location ?? 'Outlet',
  });
  const { unit, multiplier: power = 0 } = wire.unitOfMeasure ?? {};
  // JSON has powers of ten that no double holds, as 1e400: no value has one of these either.
  const multiplier = Math.max(-mostPower, Math.min(mostPower, power));
  const value = String(wire.value);
  const raw = omitUndefined({ ...described, value, unit, multiplier, format: 'raw' } as const);
  return wire.signedMeterValue === undefined
    ? [raw]
    : [
        raw,
        {
          ...described,
          value: JSON.stringify(wire.signedMeterValue),
          multiplier: 0,
          format: 'signed',
        },
      ];
};
