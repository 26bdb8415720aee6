import type { Database } from '../store/table/client.ts';
import { readVersionInForce, type TariffVersion } from '../store/tariffs/tariffs.ts';

/** So long after it was called for, in ms, a version of a tariff is written at the latest, by any clock of ours: five minutes. */
const settling = 300_000;

const mostRemembered = 100;

/** The latest version of a tariff that was made by a time, ISO 8601 in UTC. */
type Latest = { readonly version: TariffVersion; readonly by: string };

const remembered = new Map<string, Latest>();

/** The latest version by some minutes ago; the first one where there was none by then. */
async function latestOf(
  database: Database,
  operatorId: string,
  tariffId: string,
  by: string,
): Promise<TariffVersion | undefined> {
  const version = await readVersionInForce(database, operatorId, tariffId, by);
  if (version === undefined || version.createdAt > by) return version;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(`${operatorId} ${tariffId}`, { version, by });
  return version;
}

/**
 * Finds the version of a tariff that holds at a moment (ISO 8601 in UTC with milliseconds), as readVersionInForce does, and reads it once
 * for many sessions: a version never changes, and none is made for the past. So the one that was the latest some minutes ago
 * holds for all that began between its making and then.
 */
export async function versionInForce(
  database: Database,
  operatorId: string,
  tariffId: string,
  moment: string,
): Promise<TariffVersion | undefined> {
  const by = new Date(Date.now() - settling).toISOString();
  if (moment > by) return await readVersionInForce(database, operatorId, tariffId, moment);
  const known = remembered.get(`${operatorId} ${tariffId}`);
  const latest =
    known !== undefined && moment <= known.by
      ? known.version
      : await latestOf(database, operatorId, tariffId, by);
  // One that was made after all of these moments is the first.
  const holds = latest === undefined || latest.createdAt <= moment || latest.createdAt > by;
  return holds ? latest : await readVersionInForce(database, operatorId, tariffId, moment);
}
