import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterPoint, RegisterStep } from '../register/count-register-energy.ts';
import type { PlacedRegister, SessionView } from './session-view.ts';

/** Less energy than this, in mWh, is too little to be missed: 50 Wh. */
const little = 50_000n;

/**
 * Holds a session that is counted by phases of which one begins to be read later than the others, or ends earlier, where no message states the register of the start or the stop:
 * meanwhile the others rose by a fiftieth and 50 Wh.
 */
export const checkPhases = (
  steps: readonly RegisterStep[],
  { registers, window }: SessionView,
  { verified }: Pick<MeteringFacts, 'verified'>,
  recordAnomaly: RecordAnomaly,
): void => {
  if (verified !== undefined) return;
  const { startRegister, stopRegister, startedAt } = window;
  const counted = steps.at(-1)?.energy ?? 0n;
  const isMissed = [...new Set(registers.map(({ location }) => location))].some((place) => {
    const here = registers.filter(
      ({ location, points }) => location === place && points.length > 0,
    );
    if (here.some(({ phase }) => phase === '')) return false;
    const phases = here.filter(({ phase }) => /^L[123](-N)?$/.test(phase));
    const after = stopRegister === undefined ? risenAfter(phases) : 0n;
    const before = startRegister === undefined ? risenBefore(phases) : 0n;
    return after + before > counted / 50n + little;
  });
  if (isMissed) recordAnomaly('ENERGY_CONTRADICTED', startedAt);
};

const sum = (energies: readonly bigint[]): bigint => energies.reduce((all, one) => all + one, 0n);

/** The rise of phases, in mWh, since the first of them was read for the last time. */
const risenAfter = (phases: readonly PlacedRegister[]): bigint => {
  const ends = phases.flatMap(({ points }) => points.at(-1)?.at ?? []);
  const common = ends.toSorted(ascending)[0] ?? 0n;
  return sum(
    phases.map(({ points }) =>
      rise(
        points.findLast(({ at }) => at <= common),
        points.at(-1),
      ),
    ),
  );
};

/** The rise of phases, in mWh, until the last of them was read for the first time. */
const risenBefore = (phases: readonly PlacedRegister[]): bigint => {
  const begins = phases.flatMap(({ points }) => points[0]?.at ?? []);
  const common = begins.toSorted(ascending).at(-1) ?? 0n;
  return sum(
    phases.map(({ points }) =>
      rise(
        points[0],
        points.find(({ at }) => at >= common),
      ),
    ),
  );
};

const rise = (from: RegisterPoint | undefined, to: RegisterPoint | undefined): bigint =>
  from === undefined || to === undefined || to.value < from.value ? 0n : to.value - from.value;
