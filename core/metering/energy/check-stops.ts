import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import { registerFromWh } from '../register/register-from-wh.ts';
import type { CountedEnergy } from './count-energy.ts';
import { isMore } from './is-more.ts';
import type { SessionView } from './session-view.ts';

/** The energy of a session by one of its stops, and the register of that, in mWh. */
type StopEnergy = { readonly register: bigint; readonly energy: bigint };

/**
 * The least and the most energy that the stops of a session show, where they are apart by more than a tenth and 100 Wh, or where the stop that
 * counts states no register and another one is as far from what its readings show; none where they agree or there is one stop alone.
 */
export const contraryStops = (
  view: SessionView,
  counted: Pick<CountedEnergy, 'energy' | 'quality'>,
  { stopRegisters }: MeteringFacts,
): readonly StopEnergy[] => {
  if (stopRegisters === undefined) return [];
  const lowest = registerFromWh(stopRegisters.lowest);
  const highest = registerFromWh(stopRegisters.highest);
  if (lowest === undefined || highest === undefined) return [];
  const shown = energyBy(lowest, view, counted);
  const least = shown < 0n ? 0n : shown;
  const most = least + highest - lowest;
  if (!isMore(most, least) && !contradictsRead({ least, most }, view, counted)) return [];
  const ends = [
    { register: lowest, energy: least },
    { register: highest, energy: most },
  ];
  return lowest === highest ? ends.slice(1) : ends;
};

const begunAt = ({ window, line }: SessionView): bigint | undefined =>
  window.startRegister ?? line.start?.value;

/** The energy of a session that ends with a register. */
const energyBy = (
  register: bigint,
  view: SessionView,
  { energy }: Pick<CountedEnergy, 'energy'>,
): bigint => {
  const { stopRegister } = view.window;
  return stopRegister === undefined
    ? register - (begunAt(view) ?? register)
    : energy + register - stopRegister;
};

/** Whether stops contradict the readings of a session that is billed up to the last one, because the stop that counts states no register. */
const contradictsRead = (
  { least, most }: { readonly least: bigint; readonly most: bigint },
  view: SessionView,
  { energy, quality }: Pick<CountedEnergy, 'energy' | 'quality'>,
): boolean =>
  quality === 'register' &&
  view.window.stopRegister === undefined &&
  begunAt(view) !== undefined &&
  (isMore(most, energy) || isMore(energy, least));

/** Holds a session whose stops contradict each other: which of them is right only a person can tell. */
export const checkStops = (
  view: SessionView,
  counted: CountedEnergy,
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  if (contraryStops(view, counted, facts).length > 0) {
    recordAnomaly('STOPS_CONTRADICT', view.window.endedAt);
  }
};
