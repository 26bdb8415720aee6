import { instant } from '../../units/instant.ts';
import { type AnomalyCode, anomalyCodes } from '../model/anomaly-codes.ts';
import {
  type MeasuredQuantity,
  noPoints,
  type Occasion,
  type Points,
  type Sample,
  type Series,
  type StateOfCharge,
  seriesName,
} from './points.ts';
import { numbersIn, type SequenceRun, sequenceRuns } from './sequence-runs.ts';
import { decodeIntegers, encodeIntegers } from './vlq.ts';

const quantities: readonly MeasuredQuantity[] = ['register', 'net', 'interval', 'power', 'current'];
const occasions: readonly Occasion[] = ['begin', 'end', 'clock', 'sample'];

/**
 * Writes points as short text for the running view of a session; 45 readings a minute apart take about 200 characters.
 * Times and values are second differences (a steady charge is a row of zeros) in the coarsest unit that loses nothing.
 * Signed values are left out: they are too long, and the running view does not need them.
 */
export const encodePoints = (points: Points): string =>
  [
    [...points.series.values()].map(encodeSeries).sort().join(';'),
    encodeStateOfCharge(points.stateOfCharge),
    [...points.notes].map(encodeNote).sort().join(','),
    sequenceRuns(points.sequence).map(encodeRun).join(','),
  ].join('|');

/** Reads what encodePoints wrote; the empty text means no points. Throws for any other text. */
export const decodePoints = (text: string): Points => {
  const [allSeries = '', stateOfCharge = '', notes = '', runs = ''] = text.split('|');
  const series = split(allSeries, ';').map(decodeSeries);
  return {
    ...noPoints,
    series: new Map(series.map((one) => [seriesName(one.key), one])),
    sequence: numbersIn(split(runs, ',').map(decodeRun)),
    ...decodeStateOfCharge(stateOfCharge),
    notes: new Map(split(notes, ',').map(decodeNote)),
  };
};

const split = (text: string, separator: string): readonly string[] =>
  text === '' ? [] : text.split(separator);

const encodeSeries = ({ key, samples }: Series): string => {
  const times = shortened(samples.map(({ at }) => at));
  const values = shortened(samples.map(({ value }) => value));
  const lags = samples.some(({ received }) => received !== undefined)
    ? samples.map(({ at, received }) => (received === undefined ? 0n : received - at))
    : [];
  const kept = samples.some(({ offline }) => offline)
    ? samples.map(({ offline }) => (offline ? 1n : 0n))
    : [];
  // Samples kept without a connection are marked after the receipts, which are then written even if there are none.
  const receipts = kept.length > 0 && lags.length === 0 ? samples.map(() => 0n) : lags;
  const columns = [
    ...differences(differences(times.numbers)),
    ...differences(differences(values.numbers)),
    ...receipts,
    ...kept,
  ];
  const { quantity, occasion, location, phase } = key;
  return [
    `${quantities.indexOf(quantity)}${occasions.indexOf(occasion)}`,
    location,
    encodeURIComponent(phase),
    `${times.zeros}.${values.zeros}.${samples.length}`,
    encodeIntegers(columns),
  ].join(':');
};

const decodeSeries = (text: string): Series => {
  const [kind = '', location = '', phase = '', header = '', columns = ''] = text.split(':');
  const [timeZeros = 0, valueZeros = 0, length = 0] = header.split('.').map(Number);
  const quantity = quantities[Number(kind.charAt(0))];
  const occasion = occasions[Number(kind.charAt(1))];
  if (quantity === undefined || occasion === undefined) throw new Error('not encoded points');
  const integers = decodeIntegers(columns);
  const times = sums(sums(integers.slice(0, length)));
  const values = sums(sums(integers.slice(length, 2 * length)));
  const lags = integers.slice(2 * length);
  const [timeUnit, valueUnit] = [10n ** BigInt(timeZeros), 10n ** BigInt(valueZeros)];
  return {
    key: { quantity, occasion, location, phase: decodeURIComponent(phase) },
    samples: times.map((time, index) =>
      decodeSample(
        time * timeUnit,
        (values[index] ?? 0n) * valueUnit,
        lags[index] ?? 0n,
        lags[length + index] === 1n,
      ),
    ),
  };
};

/** A sample is only ever kept with its receipt when the two differ, so no lag means no receipt. */
const decodeSample = (at: bigint, value: bigint, lag: bigint, offline: boolean): Sample => ({
  at: instant(at),
  value,
  ...(lag !== 0n && { received: instant(at + lag) }),
  ...(offline && { offline }),
});

const differences = (numbers: readonly bigint[]): readonly bigint[] =>
  numbers.map((number, index) => number - (numbers[index - 1] ?? 0n));

const sums = (numbers: readonly bigint[]): readonly bigint[] => {
  let sum = 0n;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
};

/** Numbers without the zeros that all of them end in, up to 6, and how many these are. */
const shortened = (
  numbers: readonly bigint[],
): { readonly zeros: number; readonly numbers: readonly bigint[] } => {
  let [zeros, unit] = [6, 1_000_000n];
  for (const number of numbers) {
    while (number % unit !== 0n) {
      zeros -= 1;
      unit /= 10n;
    }
  }
  return { zeros, numbers: zeros === 0 ? numbers : numbers.map((number) => number / unit) };
};

const encodeStateOfCharge = (stateOfCharge: StateOfCharge | undefined): string =>
  stateOfCharge === undefined
    ? ''
    : `${stateOfCharge.at}@${encodeURIComponent(stateOfCharge.percent)}`;

const decodeStateOfCharge = (text: string): Pick<Points, 'stateOfCharge'> => {
  const [at, percent] = text.split('@');
  if (at === undefined || percent === undefined) return {};
  return { stateOfCharge: { at: instant(BigInt(at)), percent: decodeURIComponent(percent) } };
};

const encodeNote = ([code, ref]: readonly [AnomalyCode, string]): string =>
  `${code}@${Date.parse(ref)}`;

const decodeNote = (text: string): readonly [AnomalyCode, string] => {
  const [code = '', at = ''] = text.split('@');
  if (!isAnomalyCode(code)) throw new Error('not encoded points');
  return [code, new Date(Number(at)).toISOString()];
};

const encodeRun = ({ first, last }: SequenceRun): string => `${first}.${last - first}`;

const decodeRun = (text: string): SequenceRun => {
  const [first = 0, more = 0] = text.split('.').map(Number);
  return { first, last: first + more };
};

const isAnomalyCode = (code: string): code is AnomalyCode => Object.hasOwn(anomalyCodes, code);
