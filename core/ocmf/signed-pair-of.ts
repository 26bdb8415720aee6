import { scaled } from '../metering/points/read-decimal.ts';
import { parseDecimal } from '../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../units/energy.ts';
import type { Instant } from '../units/instant.ts';
import { lawRegisterOf } from './billable-obis-register.ts';
import { meterSerialOf } from './meter-serial.ts';
import type { OcmfReading, OcmfRecord } from './ocmf-record.ts';

/** Why verified records are not a basis for a bill. */
export const pairProblems = {
  START_MISSING: 'No signed reading of a billable register is from the start.',
  STOP_MISSING: 'No signed reading of a billable register is from the stop.',
  SEVERAL_STARTS: 'There are several different readings of the start.',
  SEVERAL_STOPS: 'There are several different readings of the stop.',
  METERS_DIFFER: 'Start and stop are of different meters.',
  REGISTERS_DIFFER: 'Start and stop are of different registers.',
  STATUS_NOT_GOOD: 'The meter was not in good order at the start or the stop.',
  ENERGY_ERROR: 'The meter marks the energy as no longer usable.',
  EXCEPTION_DURING_CHARGING: 'The meter reports an error in between that can concern the energy.',
  USER_NOT_ASSIGNED: 'The assignment of the session to its user failed.',
  VALUE_UNREADABLE: 'The reading of the start or the stop is not an energy value.',
  TIME_UNREADABLE: 'The time of the start or the stop cannot be read.',
  ENERGY_DECREASES: 'The register is lower at the stop than at the start.',
  TIME_DECREASES: 'The stop is before the start.',
  TOO_MANY_RECORDS: 'There are more records of starts and stops than are checked.',
} as const;

/** The code of a reason why there is no pair. */
export type PairProblem = keyof typeof pairProblems;

/** The use that the times of a pair allow: prices by time of day, the duration only, or nothing. */
export type PairTime = 'clock' | 'duration' | 'none';

/** One end of a pair: the register in mWh (finer digits cut off), its time, and their position. */
export type SignedEnd = {
  readonly register: MilliWattHours;
  readonly at: Instant;
  readonly reading: OcmfReading;
  readonly record: OcmfRecord;
};

/** Start and stop that may be billed, or every reason why there are none. */
export type SignedPair =
  | {
      readonly kind: 'pair';
      readonly start: SignedEnd;
      readonly stop: SignedEnd;
      readonly energy: MilliWattHours;
      readonly time: PairTime;
    }
  | { readonly kind: 'no-pair'; readonly problems: readonly PairProblem[] };

/** A reading and its record. */
type Placed = { readonly reading: OcmfReading; readonly record: OcmfRecord };

/**
 * The start and the stop that count under calibration law, out of the verified records of one session (OCMF; the rules
 * of the Transparenzsoftware): only billable registers, of these those after the cable if the meter has any,
 * exactly one start and one stop, on a meter in good order, without an error of energy, rising in value and time. The
 * same reading twice, in a record of its own and in the one of the whole session, is one reading.
 */
export const signedPairOf = (records: readonly OcmfRecord[]): SignedPair => {
  const billable = billableReadings(records);
  const starts = distinct(billable.filter(({ reading }) => reading.transaction === 'B'));
  const stops = distinct(billable.filter(({ reading }) => isStop(reading)));
  const found = endProblems(starts, stops);
  const [start, stop] = [starts[0], stops[0]];
  if (found.length > 0 || start === undefined || stop === undefined) {
    return { kind: 'no-pair', problems: found };
  }
  return pairOf(start, stop, billable);
};

/** True for a reading that ends a session, in whatever way. */
export const isStop = ({ transaction }: OcmfReading): boolean =>
  transaction !== undefined && ['E', 'L', 'R', 'A', 'P'].includes(transaction);

const billableReadings = (records: readonly OcmfRecord[]): readonly Placed[] => {
  // Whatever order the records came in, the same ones are kept.
  const sorted = [...records].sort((a, b) => (a.text < b.text ? -1 : 1));
  const all = sorted.flatMap((record) => record.readings.map((reading) => ({ reading, record })));
  const billable = all.filter(({ reading }) => lawRegisterOf(reading.obis) !== undefined);
  const compensated = billable.filter(({ reading }) => lawRegisterOf(reading.obis)?.isCompensated);
  return compensated.length > 0 ? compensated : billable;
};

const distinct = (placed: readonly Placed[]): readonly Placed[] => [
  ...new Map(
    placed.map((each) => {
      const { time, transaction, value, obis, unit, status, errorFlags } = each.reading;
      const same = [meterOf(each), time, transaction, value, obis, unit, status, errorFlags];
      return [JSON.stringify(same), each] as const;
    }),
  ).values(),
];

const meterOf = ({ record }: Placed): string => meterSerialOf(record);

const endProblems = (starts: readonly Placed[], stops: readonly Placed[]): readonly PairProblem[] =>
  those({
    START_MISSING: starts.length === 0,
    SEVERAL_STARTS: starts.length > 1,
    STOP_MISSING: stops.length === 0,
    SEVERAL_STOPS: stops.length > 1,
  });

const those = (found: Partial<Record<PairProblem, boolean>>): readonly PairProblem[] =>
  (Object.keys(pairProblems) as PairProblem[]).filter((problem) => found[problem] === true);

const pairOf = (from: Placed, to: Placed, billable: readonly Placed[]): SignedPair => {
  const ends = [from, to];
  const [start, stop] = [endOf(from), endOf(to)];
  const [{ register: first, at: began }, { register: last, at: ended }] = [start, stop];
  const problems = those({
    METERS_DIFFER: meterOf(from) !== meterOf(to),
    REGISTERS_DIFFER: registerOf(from) !== registerOf(to),
    STATUS_NOT_GOOD: ends.some(({ reading }) => reading.status !== 'G'),
    ENERGY_ERROR: ends.some(({ reading }) => reading.errorFlags?.includes('E')),
    EXCEPTION_DURING_CHARGING: billable.some(spoilsEnergy),
    USER_NOT_ASSIGNED: ends.some(({ record }) => failedLevels.includes(record.user.level ?? '')),
    VALUE_UNREADABLE: first === undefined || last === undefined,
    TIME_UNREADABLE: began === undefined || ended === undefined,
    ENERGY_DECREASES: first !== undefined && last !== undefined && last < first,
    TIME_DECREASES: began !== undefined && ended !== undefined && ended < began,
  });
  if (problems.length > 0 || !isWhole(start) || !isWhole(stop))
    return { kind: 'no-pair', problems };
  const energy = milliWattHours(stop.register - start.register);
  const spoilt = [from, to, ...billable.filter(isException)].some(spoilsTime);
  return { kind: 'pair', start, stop, energy, time: spoilt ? 'none' : timeOf(from, to) };
};

const failedLevels: readonly string[] = ['MISMATCH', 'INVALID', 'OUTDATED', 'UNKNOWN'];

const registerOf = ({ reading }: Placed): number | undefined =>
  lawRegisterOf(reading.obis)?.quantity;

/** OCMF table 7: from an exception on, time or energy or both are of no use; its error flags say which, if they are there. */
const spoilsEnergy = (placed: Placed): boolean => {
  const { errorFlags } = placed.reading;
  return isException(placed) && (!errorFlags || errorFlags.includes('E'));
};

const spoilsTime = ({ reading }: Placed): boolean => reading.errorFlags?.includes('t') === true;

const isException = ({ reading }: Placed): boolean => reading.transaction === 'X';

type PartialEnd = Placed & {
  readonly register: MilliWattHours | undefined;
  readonly at: Instant | undefined;
};

const endOf = (placed: Placed): PartialEnd => ({
  ...placed,
  register: energyOf(placed.reading),
  at: placed.reading.at,
});

const isWhole = (end: PartialEnd): end is PartialEnd & SignedEnd =>
  end.register !== undefined && end.at !== undefined;

/** No register has more than 15 digits of mWh. */
const beyondAllMeters = 10n ** 15n;

const places: ReadonlyMap<string, number> = new Map([
  ['wh', 3],
  ['kwh', 6],
]);

const energyOf = ({ value, unit }: OcmfReading): MilliWattHours | undefined => {
  const decimal = parseDecimal(value ?? '');
  const decimals = places.get(unit?.trim().toLowerCase() ?? '');
  if (decimal === undefined || decimals === undefined) return undefined;
  const register = scaled(decimal, decimals);
  return register > -beyondAllMeters && register < beyondAllMeters
    ? milliWattHours(register)
    : undefined;
};

const timeOf = ({ reading: start }: Placed, { reading: stop }: Placed): PairTime => {
  if (start.timeStatus === 'S' && stop.timeStatus === 'S') return 'clock';
  return stop.timeStatus === 'R' ? 'duration' : 'none';
};
