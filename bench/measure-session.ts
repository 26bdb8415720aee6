import type { BenchStack, Used } from './bench-stack.ts';
import type { ChargerSocket } from './charger-socket.ts';
import type { Counted } from './counted.ts';
import { atMost, type Row } from './row.ts';
import { runSession, type SessionPlan } from './run-session.ts';
import { total } from './step-usage.ts';

/** A whole session with everything it caused. */
export type MeasuredSession = Used & { readonly counted: Counted; readonly rows: readonly Row[] };

/** A session from boot to sealed CDR; every message is worked off before the next, so that no batching saves anything. */
export async function measureSession(
  stack: BenchStack,
  charger: ChargerSocket,
  plan: SessionPlan,
): Promise<MeasuredSession> {
  const billed = await stack.billDuring(() =>
    runSession(charger, plan, async (_action, send) => {
      await send();
      await stack.drained();
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
      units('writes', 120, total(billed.steps, 'writeUnits')),
      units('reads', 60, total(billed.steps, 'readUnits')),
    ],
  };
}
