import type { RunningCost } from '../../core/ocpp/answer.ts';
import type { Session } from '../../core/session/session.ts';
import { formatDecimal } from '../../core/units/decimal.ts';
import { readProgress } from '../store/sessions/running-view.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Reads the cost of a session so far, where its CDR will certainly have one: an accepted token began it, it runs, and energy was
 * measured. Nothing is said of any other, since more than is billed in the end must never be shown.
 */
export async function readRunningCost(
  database: Database,
  session: Session | undefined,
): Promise<RunningCost | undefined> {
  const { sessionId, start, stop } = session ?? {};
  if (sessionId === undefined || start?.authorization !== 'Accepted' || stop !== undefined) return;
  const progress = await readProgress(database, sessionId);
  if (progress?.kind !== 'running') return;
  const { energy, cost } = progress.live;
  if (cost === undefined || energy <= 0n) return;
  const energyKwh = formatDecimal(energy, 6).slice(0, -3);
  return { energyKwh, totalCost: cost.inclVat, currency: cost.currency };
}
