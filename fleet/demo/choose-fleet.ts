import type { DemoFleet, DemoRun } from './demo-memory.ts';
import { demoSpan, endOf, planShifts, registersAfter } from './scenario.ts';

/** Which fleet runs next: one that is registered already, with the run that it has before it, or a new one. */
export type FleetChoice =
  | { readonly kind: 'carry-on' | 'again'; readonly fleet: DemoFleet }
  | { readonly kind: 'new'; readonly run: DemoRun };

/**
 * Chooses the fleet that charges in the hours before `now`. A run that was interrupted is carried on: whatever its
 * chargers have sent already is recognised when they send it again. Else it is a fleet that has not charged in these
 * hours, since no charger has two pasts; and a new one where there is none.
 */
export const chooseFleet = (fleets: readonly DemoFleet[], now: number): FleetChoice => {
  const interrupted = fleets.find(({ run }) => !run.finished);
  if (interrupted !== undefined) return { kind: 'carry-on', fleet: interrupted };
  const from = now - demoSpan;
  for (const known of fleets) {
    const shifts = planShifts(known.fleet, known.run.from, known.run.registers);
    if (endOf(shifts) >= from) continue;
    const run = { from, registers: registersAfter(shifts), finished: false };
    return { kind: 'again', fleet: { ...known, run } };
  }
  return { kind: 'new', run: { from, registers: {}, finished: false } };
};
