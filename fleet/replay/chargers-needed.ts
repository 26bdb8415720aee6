import { connectorsPerCharger } from './assign-sessions.ts';
import type { SessionRow } from './session-rows.ts';

/** The fewest chargers on which every recorded session finds a free connector. */
export function chargersNeeded(rows: readonly SessionRow[]): number {
  // A connector is free again only after the moment at which its session ended: of the same moment, starts come first.
  const moments = rows.flatMap(({ startedAt, endedAt }) => [
    { at: startedAt, change: 1 },
    { at: endedAt, change: -1 },
  ]);
  let taken = 0;
  let most = 0;
  for (const { change } of moments.sort((a, b) => a.at - b.at || b.change - a.change)) {
    taken += change;
    most = Math.max(most, taken);
  }
  return Math.ceil(most / connectorsPerCharger);
}
