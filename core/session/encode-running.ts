import { decodePoints, encodePoints } from '../metering/encode-points.ts';
import type { Points } from '../metering/points.ts';
import { type ShownActivity, type StatePoint, statePoint } from '../metering/state-points.ts';
import { thinPoints } from '../metering/thin-points.ts';
import { decodeIntegers, encodeIntegers } from '../metering/vlq.ts';
import { notYetRunning, type RunningSession } from './accumulate.ts';

const shownActivities: readonly ShownActivity[] = ['charging', 'idle', 'neither'];

/** How many points in time the running view keeps: fewer, where phases or late receipts make each of them long. */
const runningPoints = [96, 64, 48, 32, 16];

/** What the text of the points may take, so that the whole item stays one write unit. */
const longestPoints = 800;

/** How many states of the connector the running view keeps, the latest. */
const runningStates = 48;

/**
 * Writes a running session as short text for the running view, thinned: well under 1 KB for a session of 45 minutes
 * with energy and power each minute. Signed values are left out. The final result comes from all stored readings.
 */
export const encodeRunning = ({ points, states }: RunningSession): string =>
  `${encodeThinned(points)}~${encodeStates(states.slice(-runningStates))}`;

/** Reads what encodeRunning wrote; the empty text is a session of which nothing has arrived. Throws for other text. */
export const decodeRunning = (text: string): RunningSession => {
  if (text === '') return notYetRunning;
  const [points = '', states = ''] = text.split('~');
  return { points: decodePoints(points), states: decodeStates(states) };
};

const encodeThinned = (points: Points): string => {
  let text = '';
  for (const keep of runningPoints) {
    text = encodePoints(thinPoints(points, keep));
    if (text.length <= longestPoints) break;
  }
  return text;
};

const encodeStates = (states: readonly StatePoint[]): string => {
  let previous = 0n;
  const integers = states.flatMap(({ at, shows }) => {
    const difference = at - previous;
    previous = at;
    return [difference, BigInt(shownActivities.indexOf(shows))];
  });
  return encodeIntegers(integers);
};

const decodeStates = (text: string): readonly StatePoint[] => {
  const integers = decodeIntegers(text);
  const states: StatePoint[] = [];
  let at = 0n;
  for (let index = 0; index + 1 < integers.length; index += 2) {
    at += integers[index] ?? 0n;
    const shows = shownActivities[Number(integers[index + 1] ?? 0n)];
    if (shows === undefined) throw new Error('not an encoded running session');
    states.push(statePoint(at, shows));
  }
  return states;
};
