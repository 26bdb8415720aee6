import { type Duration, duration } from '../../../core/units/instant.ts';
import type { Charger } from '../../store/chargers/chargers.ts';

/** The connectors that a charger is registered with. */
export const registeredConnectors = ({ evses, connectors }: Charger): number =>
  evses === undefined || evses.length === 0
    ? (connectors ?? 0)
    : evses.reduce((sum, evse) => sum + evse.connectors.length, 0);

/**
 * The time that the connectors of a charger could be occupied in a month (`YYYY-MM`, UTC): since it was commissioned, or else registered,
 * until now, ISO 8601.
 */
export function connectorTime(charger: Charger, month: string, now: string): Duration {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const since = Date.parse(charger.commissionedAt ?? charger.createdAt);
  const from = Math.max(Date.UTC(year, number - 1), since);
  const to = Math.min(Date.UTC(year, number), Date.parse(now));
  return duration(BigInt(registeredConnectors(charger)) * BigInt(Math.max(0, to - from)));
}
