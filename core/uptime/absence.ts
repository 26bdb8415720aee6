import type { ConnectionImage } from '../event/state-image.ts';

/** A charger that is back within a minute was not away: API Gateway ends every connection after two hours. */
const shortest = 60_000;

/**
 * The time in which a charger could not be heard, from the change of its connection by which it came back, ISO 8601 in UTC. None
 * where it was not missed.
 */
export function absenceOf(
  old: ConnectionImage,
  image: ConnectionImage,
): { readonly from: string; readonly to: string } | undefined {
  const { disconnectedAt: from } = old;
  if (from === undefined || old.connectionId === image.connectionId) return undefined;
  const to = image.connectedAt;
  return Date.parse(to) - Date.parse(from) >= shortest ? { from, to } : undefined;
}
