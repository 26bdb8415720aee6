import type { Counted } from '../aws-bill/counted.ts';
import { total } from '../aws-bill/step-usage.ts';
import type { ChargerSocket } from '../charger/charger-socket.ts';
import { runSession, type SessionPlan } from '../charger/run-session.ts';
import { atMost, type Row } from '../report/row.ts';
import { chargerProfile } from '../scale/charger-profile.ts';
import type { BenchStack, Used } from '../stack/bench-stack.ts';

/** A whole session with everything it caused. */
export type MeasuredSession = Used & { readonly counted: Counted; readonly rows: readonly Row[] };

const secondsBetweenReadings = 60;

/**
 * A session from boot to sealed CDR. Every message is worked off before the next, so that nothing is saved by sending
 * in a hurry; only readings that the template's own window would gather on AWS, one a minute, are gathered here too. Another window can
 * be given, as if the template had it.
 */
export async function measureSession(
  stack: BenchStack,
  charger: ChargerSocket,
  plan: SessionPlan,
  windowSeconds = stack.liveWindowSeconds,
): Promise<MeasuredSession> {
  const gathered = 1 + Math.floor(windowSeconds / secondsBetweenReadings);
  let readings = 0;
  const billed = await stack.billDuring(() =>
    runSession(charger, plan, async (action, send) => {
      // The last readings are not left to a race with the CDR, which a window of a minute never lets them win.
      if (action === 'StopTransaction') await stack.drained();
      await send();
      if (action === 'MeterValues') readings += 1;
      if (action !== 'MeterValues' || readings % gathered === 0) await stack.drained();
    }),
  );
  const signatures = total(billed.steps, 'signatures');
  if (signatures !== 1) {
    throw new Error(`A session was sealed ${signatures} times instead of once.`);
  }
  const units = (what: string, limit: number, value: number): Row =>
    atMost(`Session, 45 readings, boot to sealed CDR: ${what}`, limit, value, { unit: 'units' });
  return {
    ...billed,
    rows: [
      units('writes', 100, total(billed.steps, 'writeUnits')),
      units('reads', 40, total(billed.steps, 'readUnits')),
      // The model of docs/scale.md says no less than what is counted.
      units(
        'writes of the model',
        chargerProfile.writeUnitsPerSession,
        total(billed.steps, 'writeUnits'),
      ),
      units(
        'reads of the model',
        chargerProfile.readUnitsPerSession,
        total(billed.steps, 'readUnits'),
      ),
    ],
  };
}
