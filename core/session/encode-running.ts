import { downsamplePoints } from '../metering/points/downsample-points.ts';
import { decodePoints, encodePoints } from '../metering/points/encode-points.ts';
import { type Points, withoutChecks } from '../metering/points/points.ts';
import {
  type ShownActivity,
  type StatePoint,
  statePoint,
} from '../metering/points/state-points.ts';
import { decodeIntegers, encodeIntegers } from '../metering/points/vlq.ts';
import { noRunningReadings, type RunningReadings } from './accumulate.ts';

/** Words that were written stay readable: what is added comes after the first four. */
const shownActivities: readonly ShownActivity[] = [
  'charging',
  'idle',
  'neither',
  'unused',
  'plugged-in',
  'occupied',
];

/** So many activities have the numbers of one receipt next to each other, and so many numbers they have with any receipt. */
const [together, numbers] = [4n, 12n];

/** How many points in time the running view keeps: fewer, where phases or late receipts make each of them long. */
const runningPoints = [96, 64, 48, 32, 16];

/** The maximum size of the encoded points, so that the whole item stays one write unit. */
const longestPoints = 800;

/** How many states of the connector the running view keeps, the latest. */
const runningStates = 48;

/**
 * Writes a running session as short text for the running view, thinned: well under 1 KB for a session of 45 minutes
 * with energy and power each minute. Signed values and what only checks others are left out. The final result comes from all stored readings.
 */
export const encodeRunning = ({ points, states }: RunningReadings): string =>
  `${encodeThinned(points)}~${encodeStates(states.slice(-runningStates))}`;

/** Reads what encodeRunning wrote; the empty text is a session of which nothing has arrived. Throws for other text. */
export const decodeRunning = (text: string): RunningReadings => {
  if (text === '') return noRunningReadings;
  const [points = '', states = ''] = text.split('~');
  return { points: decodePoints(points), states: decodeStates(states) };
};

const encodeThinned = (all: Points): string => {
  const points = withoutChecks(all);
  let text = '';
  for (const keep of runningPoints) {
    text = encodePoints(downsamplePoints(points, keep));
    if (text.length <= longestPoints) break;
  }
  return text;
};

const encodeStates = (states: readonly StatePoint[]): string => {
  let previous = 0n;
  const integers = states.flatMap(({ at, shows, received, heard }) => {
    const difference = at - previous;
    previous = at;
    const index = BigInt(shownActivities.indexOf(shows));
    const word = (index / together) * numbers + (index % together);
    // The next numbers say that the lag of its receipt follows, those behind them that it is small, for the order alone.
    if (received !== undefined) return [difference, word + together, received - at];
    return heard === undefined
      ? [difference, word]
      : [difference, word + 2n * together, heard - at];
  });
  return encodeIntegers(integers);
};

const decodeStates = (text: string): readonly StatePoint[] => {
  const integers = decodeIntegers(text);
  const states: StatePoint[] = [];
  let at = 0n;
  let index = 0;
  while (index + 1 < integers.length) {
    at += integers[index] ?? 0n;
    const word = integers[index + 1] ?? 0n;
    const shows = shownActivities[Number((word / numbers) * together + (word % together))];
    if (shows === undefined) throw new Error('not an encoded running session');
    const receipt = (word % numbers) / together;
    states.push(statePoint(at, shows, ...receiptsOf(receipt, at + (integers[index + 2] ?? 0n))));
    index += receipt === 0n ? 2 : 3;
  }
  return states;
};

/** The receipt of a state far from its time, or the one that only orders it, as its word says; neither where no lag follows. */
const receiptsOf = (
  receipt: bigint,
  heard: bigint,
): [received?: bigint | undefined, heard?: bigint] => {
  if (receipt === 0n) return [];
  return receipt === 1n ? [heard] : [undefined, heard];
};
