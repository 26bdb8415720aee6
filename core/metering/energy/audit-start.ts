import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterPoint } from '../register/count-register-energy.ts';
import { anyChargerBound, physicalBound } from '../register/physical-bound.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import type { SessionWindow } from '../register/session-window.ts';

const jitter = 10_000n;

/** So far below the end of the previous session, in mWh, a start is not a new meter that just goes on from there: 50 kWh. */
const farBelow = 50_000_000n;

/** Less energy than this, in mWh, is not billed twice but rounding: 250 Wh. */
const twice = 250_000n;

/** A start of less, in mWh, may be that of a register which begins again with each session: 1 kWh. */
const begunAgain = 1_000_000n;

/** Rounding of a register in whole kWh, in mWh. */
const wholeKwh = 1_000_000n;

/** The registers of the previous session of the connector, in mWh; its start where that was above the start of this one. */
type Previous = { readonly start: bigint | undefined; readonly stop: bigint };

/**
 * Holds a session whose ends the previous one of its connector contradicts. A start, or a first reading, below the end of that session, from which
 * the register leaps to where that session ended, would bill energy of others (`REG_START_CONTRADICTED`): it lies 50 kWh below, or
 * the register does not begin again with each session, because the previous one began above it. So is one by which energy of the previous
 * session would be billed again. A last register that is a thousandth of where that
 * session ended counts kWh (`UNIT_KWH_AS_WH`).
 */
export const auditStart = (
  { points, start }: RegisterTimeline,
  { startedAt, endedAt }: SessionWindow,
  { previousRegister, previousStart, maxPowerW }: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || previousRegister === undefined) return;
  const previous = { start: previousStart, stop: previousRegister };
  const most = (physicalBound(maxPowerW) ?? anyChargerBound)(endedAt - startedAt);
  const goesOn = (register: bigint, rounded: bigint): boolean =>
    register >= previous.stop - rounded && register - previous.stop <= most + rounded;
  const isFarBelow = goesOn(last.value, jitter) && isContradicted(points, first, previous);
  if (isFarBelow || overlaps(points, start, previous.stop)) {
    recordAnomaly('REG_START_CONTRADICTED', startedAt);
  }
  if (isOneRegister(first, previous) && goesOn(last.value * 1000n, wholeKwh)) {
    recordAnomaly('UNIT_KWH_AS_WH', startedAt);
  }
};

/**
 * True if the register passed the end of the previous session in the first step from a start below that, so that what lies between them is billed to
 * both: an eighth of this session and 250 Wh, or 1 kWh where that end is in whole kWh and may be rounded. The start is older than the session, or the stop before it was too high.
 */
const overlaps = (
  points: readonly RegisterPoint[],
  start: RegisterPoint | undefined,
  stop: bigint,
): boolean => {
  const [first, second] = points;
  const last = points.at(-1);
  if (first === undefined || second === undefined || last === undefined) return false;
  if (first !== start || first.value < begunAgain) return false;
  const shared = stop - first.value;
  const isPassed = second.value >= stop - jitter;
  const rounded = stop % wholeKwh === 0n ? wholeKwh : twice;
  return isPassed && shared > rounded && shared * 8n >= last.value - first.value;
};

const isContradicted = (
  points: readonly RegisterPoint[],
  first: RegisterPoint,
  previous: Previous,
): boolean =>
  (first.value + farBelow <= previous.stop || isOneRegister(first, previous)) &&
  leaps(points, first, previous);

/**
 * True if the register of the connector goes on from session to session: the previous one began above this one. One that ended below its own
 * start shows no such register, but a mark of "unknown", or a counter that still stood at the session before.
 */
const isOneRegister = (first: RegisterPoint, { start, stop }: Previous): boolean =>
  start !== undefined && start > first.value + jitter && start <= stop + jitter;

/**
 * True if a quarter of the way to the end of the previous session was gone at one step. A register that was reset, and one that begins
 * again with each session, are read on their way.
 */
const leaps = (
  points: readonly RegisterPoint[],
  first: RegisterPoint,
  { stop }: Previous,
): boolean => {
  const beyond = points.findIndex(({ value }) => value >= stop - jitter);
  const isFar = ({ value }: RegisterPoint): boolean => (stop - value) * 4n > stop - first.value;
  return beyond > 0 && points.slice(0, beyond).every(isFar);
};
