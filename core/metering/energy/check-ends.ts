import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterPoint, RegisterStep } from '../register/count-register-energy.ts';
import { mayBeMark } from '../register/no-value-marks.ts';
import { anyChargerBound, physicalBound } from '../register/physical-bound.ts';
import { sameRegister } from '../register/register-ends.ts';
import { energyUpTo } from './energy-up-to.ts';
import { isBeyondLosses } from './is-more.ts';
import type { SessionView } from './session-view.ts';

/** Less energy than this, in mWh, is too little to compare: 100 Wh. */
const comparable = 100_000n;

/** A register that a message states in steps of this, in mWh, says nothing against one that was read within that: 1 kWh. */
const wholeKwh = 1_000_000n;

/**
 * Holds the energy of a register against what the messages of the session itself, and the session before it, state of its ends:
 * - start and stop message together show another energy than the readings that were taken for them, by a quarter and 250 Wh;
 * - the start is unknown, and the register was so much higher at the first reading than at the end of the session before;
 * - each phase shows the same, and neither a stop message nor measured power tells whether that is all of the energy or that of one of them; or
 *   power tells that the only phase which was measured is a third.
 */
export const checkEnds = (
  steps: readonly RegisterStep[],
  view: SessionView,
  facts: Pick<MeteringFacts, 'maxPowerW' | 'previousRegister' | 'verified'>,
  recordAnomaly: RecordAnomaly,
): void => {
  const { window } = view;
  const counted = steps.at(-1)?.energy ?? 0n;
  const most = (physicalBound(facts.maxPowerW) ?? anyChargerBound)(
    window.endedAt - window.startedAt,
  );
  if (facts.verified !== undefined) return;
  const other = [
    ...energiesByMessages(view),
    ...sincePrevious(view, counted, facts),
    ...ofAllPhases(view, steps, counted),
  ].find((energy) => energy <= most && areApart(energy, counted));
  if (other !== undefined) recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
};

const areApart = (a: bigint, b: bigint): boolean => isBeyondLosses(a, b) || isBeyondLosses(b, a);

/**
 * The energy by start and stop message where other registers were taken for both of them, or for one while all readings lie between the two; none
 * where one of them says 0, which may mean "unknown".
 */
export const energiesByMessages = ({
  window: { startRegister, stopRegister },
  line: { start, stop, points },
}: SessionView): readonly bigint[] => {
  if (startRegister === undefined || stopRegister === undefined) return [];
  if (mayBeMark(startRegister) || mayBeMark(stopRegister)) return [];
  const isStartOther = isOther(start, startRegister);
  const isStopOther = isOther(stop, stopRegister);
  const isKnown = stopRegister > startRegister && (startRegister > 0n || !isStartOther);
  const isPair = isStartOther && isStopOther;
  const areBetween = points.every(
    ({ value }) =>
      (!isStartOther || value >= startRegister) && (!isStopOther || value <= stopRegister),
  );
  const isOne = (isStartOther || isStopOther) && areBetween;
  return isKnown && (isPair || isOne) ? [stopRegister - startRegister] : [];
};

const isOther = (end: RegisterPoint | undefined, stated: bigint): boolean => {
  if (end === undefined) return false;
  const apart = end.value > stated ? end.value - stated : stated - end.value;
  return apart > sameRegister && !(stated % wholeKwh === 0n && apart < wholeKwh);
};

const sincePrevious = (
  { line: { start, points } }: SessionView,
  counted: bigint,
  { previousRegister }: Pick<MeteringFacts, 'previousRegister'>,
): readonly bigint[] => {
  const [first] = points;
  if (start !== undefined || first === undefined || previousRegister === undefined) return [];
  return first.value > previousRegister ? [counted + first.value - previousRegister] : [];
};

const ofAllPhases = (
  { repeatedPhases, isPhaseTotal, spans, window: { stopRegister } }: SessionView,
  steps: readonly RegisterStep[],
  counted: bigint,
): readonly bigint[] => {
  if (!(repeatedPhases > 0n || isPhaseTotal) || (stopRegister ?? 0n) > 0n) return [];
  const phases = repeatedPhases > 0n ? repeatedPhases : 3n;
  const drawn = spans.reduce((sum, { energy }) => sum + energy, 0n);
  const during = spans.reduce(
    (sum, { from, to }) => sum + energyUpTo(steps, to.at) - energyUpTo(steps, from.at),
    0n,
  );
  // Nearer to what was counted than to that of all phases.
  const isOfOne = drawn * 2n < during * (phases + 1n);
  const isTold = drawn >= comparable;
  const isRight = isTold ? isOfOne : isPhaseTotal;
  return isRight ? [] : [counted * phases];
};
