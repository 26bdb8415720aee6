import * as z from 'zod';
import { wholeCharger } from '../../../core/charger/connector-ref.ts';
import {
  type Duration,
  earlierOf,
  instant,
  isoInstant,
  laterOf,
} from '../../../core/units/instant.ts';
import { closedSpans } from '../../../core/uptime/closed-spans.ts';
import { measureUptime, type Uptime } from '../../../core/uptime/measure-uptime.ts';
import type { Span } from '../../../core/uptime/span.ts';
import { stretchesOf } from '../../../core/uptime/stretches.ts';
import {
  type UptimeDefinition,
  uptimeDefinitions,
} from '../../../core/uptime/uptime-definition.ts';
import { timeZoneOf } from '../../connection/charger-context.ts';
import {
  type ChargerFacts,
  connectorsOf,
  sinceRegistration,
} from '../../connection/charger-facts.ts';
import { listExclusions, type StoredExclusion } from '../../store/monitoring/exclusions.ts';
import { readOffline } from '../../store/monitoring/offline-spans.ts';
import { readPoints } from '../../store/monitoring/uptime-points.ts';
import type { Database } from '../../store/table/client.ts';
import { decimalText, timeText } from '../common-schemas.ts';
import { mostExclusions } from './exclusion-form.ts';

const minutes = z.number();

/** The uptime of a charger's connectors by a definition. */
export const UptimeSchema = z
  .strictObject({
    chargerId: z.string(),
    locationId: z.string().nullable(),
    maxPowerKw: z.number().nullable(),
    definition: z.enum(uptimeDefinitions),
    thresholdPercent: decimalText,
    from: timeText.meta({
      description:
        'Begin of the window, or when the charger was commissioned, or else registered, where that is later.',
    }),
    to: timeText.meta({ description: 'End of the window, or now where that is earlier.' }),
    connectors: z.array(
      z.strictObject({
        evseId: z.int(),
        connectorId: z.int(),
        uptimePercent: decimalText.nullable().meta({
          description: '3 decimals, rounded down; null where nothing is known of the window.',
        }),
        isReached: z.boolean().nullable(),
        countedMinutes: minutes,
        outageMinutes: minutes.meta({ description: 'What was excluded of it is included.' }),
        excludedMinutes: minutes,
        leftOutMinutes: minutes,
      }),
    ),
  })
  .meta({ id: 'Uptime' });

/** Minutes with 3 decimals. */
const minutesOf = (length: Duration): number => Number((length * 1000n) / 60_000n) / 1000;

const instantOf = (iso: string) => instant(BigInt(Date.parse(iso)));

const uptimeFields = (uptime: Uptime) => ({
  uptimePercent: uptime.percent,
  isReached: uptime.isReached,
  countedMinutes: minutesOf(uptime.counted),
  outageMinutes: minutesOf(uptime.outage),
  excludedMinutes: minutesOf(uptime.excluded),
  leftOutMinutes: minutesOf(uptime.leftOut),
});

/** The part of a window since a charger was commissioned, or else registered, until now. */
function windowOf({ charger }: ChargerFacts, window: Span, now: string): Span {
  return {
    from: laterOf(instantOf(charger.commissionedAt ?? charger.createdAt), window.from),
    to: earlierOf(instantOf(now), window.to),
  };
}

/** The absence of a charger that has not come back. */
function absentSince({ connection }: ChargerFacts, { to }: Span): readonly Span[] {
  const since = connection?.disconnectedAt;
  return since === undefined ? [] : [{ from: instantOf(since), to }];
}

async function excludedOf(
  database: Database,
  chargerKey: string,
): Promise<readonly StoredExclusion[]> {
  return (await listExclusions(database, chargerKey, { limit: mostExclusions })).items;
}

/** Reads the uptime of a charger in the window of a definition. */
export async function readUptime(
  database: Database,
  known: ChargerFacts,
  definition: UptimeDefinition,
  whole: Span,
  now: string,
): Promise<z.output<typeof UptimeSchema>> {
  const facts = sinceRegistration(known);
  const { charger, site } = facts;
  const { chargerKey } = charger;
  const window = windowOf(facts, whole, now);
  const places = connectorsOf(facts);
  const [points, ofCharger, absences, exclusions] = await Promise.all([
    Promise.all(places.map((place) => readPoints(database, chargerKey, place, window))),
    readPoints(database, chargerKey, wholeCharger, window),
    readOffline(database, chargerKey, window),
    excludedOf(database, chargerKey),
  ]);
  const closed = definition.setsClosedHoursAside
    ? closedSpans(site.location?.openingTimes, timeZoneOf(charger, site), window)
    : [];
  const asideOf = (evseId: number): readonly Span[] => [
    ...closed,
    ...exclusions
      .filter((one) => definition.excludedCauses.includes(one.cause))
      .filter((one) => one.evseId === undefined || one.evseId === evseId)
      .map(({ from, to }) => ({ from: instantOf(from), to: instantOf(to) })),
  ];
  const offline = [...absences, ...absentSince(facts, window)];
  return {
    chargerId: charger.chargerId,
    locationId: charger.locationId ?? null,
    maxPowerKw: charger.maxPowerKw === undefined ? null : Number(charger.maxPowerKw),
    definition: definition.name,
    thresholdPercent: definition.thresholdPercent,
    from: isoInstant(window.from),
    to: isoInstant(window.to),
    connectors: places.map((place, index) => {
      const connector = points[index] ?? [];
      const aside = asideOf(place.evseId);
      const history = { connector, charger: ofCharger, offline, aside };
      const uptime = measureUptime(stretchesOf(history, window), definition);
      return { evseId: place.evseId, connectorId: place.connectorId, ...uptimeFields(uptime) };
    }),
  };
}
