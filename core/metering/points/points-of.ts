import type { Decimal } from '../../units/decimal.ts';
import { isoInstant } from '../../units/instant.ts';
import type { AnomalyCode } from '../model/anomaly-codes.ts';
import type { MeterReading, SampledValue } from '../model/reading.ts';
import { neverARegister } from '../register/no-value-marks.ts';
import { latestStateOfCharge, orderedSamples } from './merge-points.ts';
import {
  type MeasuredQuantity,
  type Occasion,
  type Points,
  type Sample,
  type SeriesKey,
  type SignedPoint,
  type StateOfCharge,
  seriesName,
  signedName,
} from './points.ts';
import { type ReadDecimal, readDecimal, scaled } from './read-decimal.ts';
import { type ReadTimestamp, readTimestamp } from './read-timestamp.ts';
import {
  locationOf,
  type Subject,
  subjectOf,
  type UnitReading,
  unitOf,
} from './sampled-quantity.ts';

/** Everything that a sampled value says besides its number. */
type Kind = {
  readonly occasion: Occasion;
  readonly subject: Subject;
  readonly location: string;
  readonly unit: UnitReading | undefined;
  /** Where its samples go; absent for what is no part of a series. */
  readonly series: { readonly name: string; readonly key: SeriesKey } | undefined;
};

type Collected = {
  /** The values of the reading before, in their order, each with its kind. */
  readonly before: { readonly value: SampledValue; readonly kind: Kind }[];
  readonly series: Map<string, { readonly key: SeriesKey; readonly samples: Sample[] }>;
  readonly signed: Map<string, SignedPoint>;
  readonly notes: Map<AnomalyCode, string>;
  readonly sequence: Set<number>;
  stateOfCharge: StateOfCharge | undefined;
};

type Note = (code: AnomalyCode) => void;

/**
 * Reads readings into points (the first stage of metering): numbers without floats, units, multipliers, defaults,
 * times and places. Each value is read for itself, so that it does not matter which message brought it; what several
 * values mean together is decided by `measure`. Signed values are put aside untouched. `zone`: see readTimestamp.
 */
export const pointsOf = (readings: readonly MeterReading[], zone?: string): Points => {
  const collected: Collected = {
    before: [],
    series: new Map(),
    signed: new Map(),
    notes: new Map(),
    sequence: new Set(),
    stateOfCharge: undefined,
  };
  for (const reading of readings) collectReading(collected, reading, zone);
  const { signed, sequence, notes, stateOfCharge } = collected;
  const series = [...collected.series].map(
    ([name, { key, samples }]) => [name, { key, samples: orderedSamples(samples) }] as const,
  );
  return {
    series: new Map(series),
    signed,
    sequence,
    notes,
    ...(stateOfCharge !== undefined && { stateOfCharge }),
  };
};

const collectReading = (
  collected: Collected,
  reading: MeterReading,
  zone: string | undefined,
): void => {
  const time = readTimestamp(reading.timestamp, reading.receivedAt, reading.offline, zone);
  const note: Note = (code) => {
    const ref = isoInstant(time.at);
    const known = collected.notes.get(code);
    if (known === undefined || ref < known) collected.notes.set(code, ref);
  };
  for (const code of time.notes) note(code);
  const { seqNo, sampledValues } = reading;
  if (reading.guessed) note('READINGS_GUESSED');
  if (seqNo !== undefined) collected.sequence.add(seqNo);
  // A numbered message belongs to the transaction, even if it measures nothing.
  if (sampledValues.length === 0 && seqNo === undefined) note('EMPTY_SAMPLE');
  for (const [place, value] of sampledValues.entries())
    collectValue(collected, time, knownKind(collected, place, value), value, note);
};

const collectValue = (
  collected: Collected,
  time: ReadTimestamp,
  kind: Kind,
  value: SampledValue,
  note: Note,
): void => {
  if (value.format === 'signed') {
    const signed: SignedPoint = { at: time.at, occasion: kind.occasion, raw: value.value };
    collected.signed.set(signedName(signed), signed);
    return;
  }
  if (value.value.trim() === '') note('EMPTY_SAMPLE');
  else if (kind.subject.measurand === 'soc') collectStateOfCharge(collected, time, value, note);
  else collectQuantity(collected, time, value, kind, note);
};

/** A charger names the values of each reading in the same words and order, so that their kinds need not be read again. */
const knownKind = ({ before }: Collected, place: number, value: SampledValue): Kind => {
  const last = before[place];
  if (last !== undefined && isAlike(last.value, value)) return last.kind;
  const kind = kindOf(value);
  before[place] = { value, kind };
  return kind;
};

const isAlike = (a: SampledValue, b: SampledValue): boolean =>
  a.measurand === b.measurand &&
  a.context === b.context &&
  a.phase === b.phase &&
  a.location === b.location &&
  a.unit === b.unit;

const kindOf = (value: SampledValue): Kind => {
  const occasion = occasionOf(value.context);
  const subject = subjectOf(value);
  const { quantity, phase } = subject;
  const location = locationOf(value.location);
  // Of the vehicle's own values, only a register is compared with that of the charger.
  if (quantity === undefined || (location === 'EV' && quantity !== 'register'))
    return { occasion, subject, location, unit: undefined, series: undefined };
  // Only intervals care whether they follow the clock: they overlap those that follow the session.
  const when = occasion === 'clock' && quantity !== 'interval' ? 'sample' : occasion;
  const key: SeriesKey = { quantity, occasion: when, location, phase };
  const series = { name: seriesName(key), key };
  return { occasion, subject, location, unit: unitOf(value.unit, quantity), series };
};

const occasionOf = (context: string): Occasion => {
  switch (context.trim().toLowerCase()) {
    case 'transaction.begin':
      return 'begin';
    case 'transaction.end':
      return 'end';
    case 'sample.clock':
      return 'clock';
    default:
      return 'sample';
  }
};

const collectStateOfCharge = (
  collected: Collected,
  { at }: ReadTimestamp,
  { value }: SampledValue,
  note: Note,
): void => {
  if (readDecimal(value) === undefined) note('VALUE_IGNORED');
  else
    collected.stateOfCharge = latestStateOfCharge(collected.stateOfCharge, {
      at,
      percent: value.trim(),
    });
};

const collectQuantity = (
  collected: Collected,
  time: ReadTimestamp,
  value: SampledValue,
  { location, unit, series }: Kind,
  note: Note,
): void => {
  if (series === undefined) return;
  const { name, key } = series;
  const notes = location === 'EV' || key.quantity === 'current' ? noNote : note;
  const read = readDecimal(value.value);
  if (key.quantity === 'register' && isNoValue(read)) {
    notes('NO_VALUE');
    return;
  }
  const amount = amountOf(read, value.multiplier, unit, key.quantity !== 'power', notes);
  if (amount === undefined) return;
  const known = collected.series.get(name) ?? { key, samples: [] };
  known.samples.push({ ...timeOf(time, key.quantity), value: amount });
  collected.series.set(name, known);
};

/** A fault in what is never billed is no fault of the bill. */
const noNote: Note = () => undefined;

const isNoValue = (read: ReadDecimal | undefined): boolean =>
  read !== undefined && neverARegister(scaled(read.decimal, 0));

/** An interval keeps even the time of an unset clock: it distinguishes a repetition from the next interval. */
const timeOf = (
  { at, received, unset, offline }: ReadTimestamp,
  quantity: MeasuredQuantity,
): Omit<Sample, 'value'> => {
  if (unset !== undefined && quantity === 'interval') return { at: unset, received: at };
  return { at, ...(received !== undefined && { received }), ...(offline && { offline }) };
};

/** No register, interval or power of a charger has more than 15 digits of mWh or mW: 10^12 Wh. */
const beyondAllMeters = 10n ** 15n;

const amountOf = (
  read: ReadDecimal | undefined,
  multiplier: number,
  unit: UnitReading | undefined,
  isEnergy: boolean,
  note: Note,
): bigint | undefined => {
  if (unit === undefined) {
    note(isEnergy ? 'UNIT_UNKNOWN' : 'VALUE_IGNORED');
    return undefined;
  }
  if (unit.mismatch) note('UNIT_MISMATCH');
  if (read?.comma) note('VALUE_COMMA_DECIMAL');
  const amount = read && plausible(scaledBy(read.decimal, unit.places, multiplier));
  if (amount === undefined) note(isEnergy ? 'VALUE_UNPARSEABLE' : 'VALUE_IGNORED');
  return amount;
};

const scaledBy = (decimal: Decimal, places: number, multiplier: number): bigint | undefined =>
  Math.abs(multiplier) > 30 ? undefined : scaled(decimal, places + multiplier);

const plausible = (amount: bigint | undefined): bigint | undefined =>
  amount !== undefined && amount < beyondAllMeters && amount > -beyondAllMeters
    ? amount
    : undefined;
