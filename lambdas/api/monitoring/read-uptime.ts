import type * as z from 'zod';
import { type Duration, isoInstant } from '../../../core/units/instant.ts';
import type { Uptime } from '../../../core/uptime/measure-uptime.ts';
import type { Span } from '../../../core/uptime/span.ts';
import type { UptimeDefinition } from '../../../core/uptime/uptime-definition.ts';
import type { ChargerFacts } from '../../connection/charger-facts.ts';
import { readUptimeOf } from '../../connection/read-uptime-of.ts';
import type { Database } from '../../store/table/client.ts';
import type { UptimeSchema } from './uptime-view.ts';

/** Minutes with 3 decimals. */
const minutesOf = (length: Duration): number => Number((length * 1000n) / 60_000n) / 1000;

const uptimeFields = (uptime: Uptime) => ({
  uptimePercent: uptime.percent,
  isReached: uptime.isReached,
  countedMinutes: minutesOf(uptime.counted),
  outageMinutes: minutesOf(uptime.outage),
  excludedMinutes: minutesOf(uptime.excluded),
  leftOutMinutes: minutesOf(uptime.leftOut),
});

/** Reads the uptime of a charger in the window of a definition. */
export async function readUptime(
  database: Database,
  facts: ChargerFacts,
  definition: UptimeDefinition,
  whole: Span,
  now: string,
): Promise<z.output<typeof UptimeSchema>> {
  const { charger } = facts;
  const { window, connectors } = await readUptimeOf(database, facts, definition, whole, now);
  return {
    chargerId: charger.chargerId,
    locationId: charger.locationId ?? null,
    maxPowerKw: charger.maxPowerKw === undefined ? null : Number(charger.maxPowerKw),
    definition: definition.name,
    thresholdPercent: definition.thresholdPercent,
    from: isoInstant(window.from),
    to: isoInstant(window.to),
    connectors: connectors.map(({ place: { evseId, connectorId }, uptime }) => {
      return { evseId, connectorId, ...uptimeFields(uptime) };
    }),
  };
}
