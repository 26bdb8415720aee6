import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import { registerFromWh } from '../register/register-from-wh.ts';
import type { CountedEnergy } from './count-energy.ts';
import { isMore } from './is-more.ts';
import type { SessionView } from './session-view.ts';

/** The energy of a session by one of its stops, and the register of that, in mWh. */
type StopEnergy = { readonly register: bigint; readonly energy: bigint };

/**
 * The least and the most energy that the stops of a session show, where they are apart by more than a tenth and 100 Wh;
 * none where they agree or there is one stop alone.
 */
export const contraryStops = (
  { window: { startRegister, stopRegister }, line }: SessionView,
  { energy }: Pick<CountedEnergy, 'energy'>,
  { stopRegisters }: MeteringFacts,
): readonly StopEnergy[] => {
  if (stopRegisters === undefined) return [];
  const lowest = registerFromWh(stopRegisters.lowest);
  const highest = registerFromWh(stopRegisters.highest);
  if (lowest === undefined || highest === undefined) return [];
  const begun = startRegister ?? line.start?.value ?? lowest;
  const shown = stopRegister === undefined ? lowest - begun : energy + lowest - stopRegister;
  const least = shown < 0n ? 0n : shown;
  const most = least + highest - lowest;
  return isMore(most, least)
    ? [
        { register: lowest, energy: least },
        { register: highest, energy: most },
      ]
    : [];
};

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
