import { type AlertKind, alertsOf, type WatchedCharger } from '../../../core/monitoring/alerts.ts';
import { watchedSession } from '../../../core/monitoring/watched-session.ts';
import { instant } from '../../../core/units/instant.ts';
import {
  type ChargerFacts,
  connectorsOf,
  isOnline,
  sinceRegistration,
} from '../../connection/charger-facts.ts';
import { lastHeardAt } from '../../connection/last-heard-at.ts';
import { listChargers } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import { readMonitoringSettings } from '../../store/monitoring/monitoring-settings.ts';
import { readOffline } from '../../store/monitoring/offline-spans.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSessions } from '../../store/sessions/sessions.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { readChargerFacts } from '../chargers/read-charger-facts.ts';
import type { ChargerAlerts } from './alerts-view.ts';

const day = 86_400_000;

const timeOf = (iso: string | undefined): number | undefined =>
  iso === undefined ? undefined : Date.parse(iso);

/** A charger as it is now; the absences are those that are over. */
function watchedCharger(
  facts: ChargerFacts,
  sessions: ReadonlyMap<string, StoredSession>,
  absences: readonly number[],
  now: number,
): WatchedCharger {
  const { connection, activeSessions } = facts;
  const isHeard = isOnline(connection, now);
  const offlineSince =
    isHeard || connection === undefined
      ? undefined
      : timeOf(connection.disconnectedAt ?? lastHeardAt(facts) ?? connection.connectedAt);
  return {
    offlineSince,
    absences: offlineSince === undefined ? absences : [...absences, offlineSince],
    connectors: connectorsOf(facts).map((one) => {
      const { evseId, connectorId, status, statusAt, openSessionId = '' } = one;
      const stored = activeSessions.has(openSessionId) ? sessions.get(openSessionId) : undefined;
      const session = stored && watchedSession(stored.session, facts.running?.get(openSessionId));
      return { evseId, connectorId, status, statusAt: timeOf(statusAt), session };
    }),
  };
}

async function readAbsences(
  { database }: Caller,
  { charger }: ChargerFacts,
  now: number,
): Promise<readonly number[]> {
  const window = { from: instant(BigInt(now - day)), to: instant(BigInt(now)) };
  const spans = await readOffline(database, charger.chargerKey, window);
  return spans.map(({ from }) => Number(from));
}

/** Lists the chargers of a page that somebody may have to look after, each with why: a page may be short, or empty. */
export async function listAlerts(
  caller: Caller,
  {
    locationId,
    kind,
  }: { readonly locationId?: string | undefined; readonly kind?: AlertKind | undefined },
  page: ListRequest,
): Promise<Listed<ChargerAlerts>> {
  const { database, operatorId } = caller;
  const now = Date.parse(caller.now);
  const [{ alerts: thresholds }, { items, next }] = await Promise.all([
    readMonitoringSettings(database, operatorId),
    locationId === undefined
      ? listChargers(database, operatorId, page)
      : listChargersOfLocation(database, operatorId, locationId, page),
  ]);
  const all = (await readChargerFacts(caller, items)).map(sinceRegistration);
  const active = new Set(all.flatMap(({ activeSessions }) => [...activeSessions]));
  const stored = await readSessions(database, [...active]);
  const sessions = new Map(stored.map((one) => [one.session.sessionId, one]));
  const absences = await Promise.all(all.map((facts) => readAbsences(caller, facts, now)));
  const views = all.map((facts, index) => {
    const watched = watchedCharger(facts, sessions, absences[index] ?? [], now);
    const found = alertsOf(watched, thresholds, now);
    return {
      chargerId: facts.charger.chargerId,
      locationId: facts.charger.locationId ?? null,
      alerts: found
        .filter((one) => kind === undefined || one.kind === kind)
        .map((one) => ({
          kind: one.kind,
          since: new Date(one.since).toISOString(),
          evseId: one.connector?.evseId ?? null,
          connectorId: one.connector?.connectorId ?? null,
          sessionId: one.sessionId ?? null,
        })),
    };
  });
  return { items: views.filter(({ alerts }) => alerts.length > 0), next };
}
