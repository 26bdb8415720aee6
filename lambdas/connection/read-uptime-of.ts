import { wholeCharger } from '../../core/charger/connector-ref.ts';
import { earlierOf, type Instant, instant, laterOf } from '../../core/units/instant.ts';
import { closedSpans } from '../../core/uptime/closed-spans.ts';
import { measureUptime, type Uptime } from '../../core/uptime/measure-uptime.ts';
import type { Span } from '../../core/uptime/span.ts';
import { stateIntervals } from '../../core/uptime/state-intervals.ts';
import type { UptimeDefinition } from '../../core/uptime/uptime-definition.ts';
import type { Connector } from '../store/chargers/connectors.ts';
import { listExclusions, type StoredExclusion } from '../store/monitoring/exclusions.ts';
import { readOffline } from '../store/monitoring/offline-spans.ts';
import { readPoints } from '../store/monitoring/uptime-points.ts';
import type { Database } from '../store/table/client.ts';
import { timeZoneOf } from './charger-context.ts';
import { type ChargerFacts, connectorsOf, sinceRegistration } from './charger-facts.ts';

/** Times that are declared as excluded for a charger, at most. */
export const mostExclusions = 500;

/** The uptime of a charger's connectors in the part of a window that counts. */
export type ChargerUptime = {
  readonly window: Span;
  readonly connectors: readonly { readonly place: Connector; readonly uptime: Uptime }[];
};

const instantOf = (iso: string): Instant => instant(BigInt(Date.parse(iso)));

/** The part of a window since a charger was commissioned, or else registered, until now: none of one that is over by then, or begins later than now. */
function windowOf({ charger }: ChargerFacts, window: Span, now: string): Span {
  const from = laterOf(instantOf(charger.commissionedAt ?? charger.createdAt), window.from);
  return { from, to: laterOf(from, earlierOf(instantOf(now), window.to)) };
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

/** Reads the uptime of a charger in the window of a definition; `now` is ISO 8601 in UTC. */
export async function readUptimeOf(
  database: Database,
  known: ChargerFacts,
  definition: UptimeDefinition,
  whole: Span,
  now: string,
): Promise<ChargerUptime> {
  const facts = sinceRegistration(known);
  const { charger, site } = facts;
  const { chargerKey } = charger;
  const window = windowOf(facts, whole, now);
  const places = connectorsOf(facts);
  if (window.from >= window.to) {
    const uptime = measureUptime([], definition);
    return { window, connectors: places.map((place) => ({ place, uptime })) };
  }
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
    window,
    connectors: places.map((place, index) => {
      const connector = points[index] ?? [];
      const aside = asideOf(place.evseId);
      const history = { connector, charger: ofCharger, offline, aside };
      return { place, uptime: measureUptime(stateIntervals(history, window), definition) };
    }),
  };
}
