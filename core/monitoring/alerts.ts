import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { ConnectorStatus } from '../charger/connector-status.ts';
import type { EnergyPoint } from '../metering/model/metered.ts';

/** Everything about a charger, as it is now, that somebody may have to look after. */
export const alertKinds = [
  'offline',
  'often-offline',
  'faulted',
  'stuck-session',
  'silent-session',
  'long-session',
  'unused',
] as const;

/** One of them. */
export type AlertKind = (typeof alertKinds)[number];

/** From when on something is an alert. */
export type AlertThresholds = {
  /** Minutes for which a charger cannot be heard. */
  readonly offlineMinutes: number;
  /** Absences within 24 hours; that of now counts. */
  readonly absencesPerDay: number;
  /** Minutes in which a vehicle that asks for energy gets less than `stuckWatts`. */
  readonly stuckMinutes: number;
  readonly stuckWatts: number;
  /** Minutes without a reading of a session that runs. */
  readonly silentMinutes: number;
  /** Hours that a session runs. */
  readonly longHours: number;
  /** Days for which a free connector of a charger that can be heard has reported nothing else. */
  readonly unusedDays: number;
};

/** The thresholds until an operator sets others. */
export const defaultAlerts: AlertThresholds = {
  offlineMinutes: 10,
  absencesPerDay: 5,
  stuckMinutes: 20,
  stuckWatts: 200,
  silentMinutes: 30,
  longHours: 24,
  unusedDays: 7,
};

/** A session that runs, all times in epoch ms. */
export type WatchedSession = {
  readonly sessionId: string;
  readonly startedAt: number;
  /** When its last reading came; that of its start before the first. */
  readonly heardAt: number;
  /** Trusted energy so far, in order of time. */
  readonly series: readonly EnergyPoint[];
  /** True while the vehicle wants nothing. */
  readonly isIdle: boolean;
};

/** A connector as it is now. */
export type WatchedConnector = ConnectorRef & {
  readonly status?: ConnectorStatus | undefined;
  readonly statusAt?: number | undefined;
  readonly session?: WatchedSession | undefined;
};

/** A charger as it is now. */
export type WatchedCharger = {
  /** Since when it cannot be heard; undefined while it can, or if it never connected. */
  readonly offlineSince: number | undefined;
  /** The begins of its absences in the last 24 hours, that of now included. */
  readonly absences: readonly number[];
  readonly connectors: readonly WatchedConnector[];
};

/** Something to look after: since when, epoch ms, and where it is about one connector or session of the charger. */
export type Alert = {
  readonly kind: AlertKind;
  readonly since: number;
  readonly connector?: ConnectorRef;
  readonly sessionId?: string;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** True if less than so many W flowed on average from one point to another; a mWh in an hour is a mW. */
const isBelow = (from: EnergyPoint, to: EnergyPoint, watts: number): boolean =>
  (to.energy - from.energy) * BigInt(hour) < BigInt(watts) * 1000n * (to.at - from.at);

/** The time since which a vehicle that asks for energy gets next to none; undefined where that is not so, or too short. */
function stuckSince(
  { series, isIdle }: WatchedSession,
  { stuckMinutes, stuckWatts }: AlertThresholds,
): number | undefined {
  const last = series.at(-1);
  if (isIdle || last === undefined) return undefined;
  const before = series.filter(({ at }) => last.at - at >= BigInt(stuckMinutes * minute));
  const flowed = before.findLastIndex((point) => !isBelow(point, last, stuckWatts));
  const since = before.at(flowed + 1);
  return since === undefined ? undefined : Number(since.at);
}

function sessionAlerts(
  session: WatchedSession,
  thresholds: AlertThresholds,
  now: number,
): readonly Pick<Alert, 'kind' | 'since'>[] {
  const { heardAt, startedAt } = session;
  const isSilent = now - heardAt >= thresholds.silentMinutes * minute;
  // Nobody knows what a silent meter counts.
  const stuck = isSilent ? undefined : stuckSince(session, thresholds);
  return [
    ...(stuck === undefined ? [] : [{ kind: 'stuck-session' as const, since: stuck }]),
    ...(isSilent ? [{ kind: 'silent-session' as const, since: heardAt }] : []),
    ...(now - startedAt >= thresholds.longHours * hour
      ? [{ kind: 'long-session' as const, since: startedAt }]
      : []),
  ];
}

/** The alerts of a connector of a charger that can be heard. */
function connectorAlerts(
  { evseId, connectorId, status, statusAt, session }: WatchedConnector,
  thresholds: AlertThresholds,
  now: number,
): readonly Alert[] {
  const connector = { evseId, connectorId };
  const alerts: Alert[] = [];
  if (session !== undefined) {
    const { sessionId } = session;
    const found = sessionAlerts(session, thresholds, now);
    alerts.push(...found.map((one) => ({ ...one, connector, sessionId })));
  }
  if (statusAt === undefined) return alerts;
  const isUnused = session === undefined && now - statusAt >= thresholds.unusedDays * day;
  if (status === 'faulted') alerts.push({ kind: 'faulted', since: statusAt, connector });
  if (status === 'available' && isUnused) {
    alerts.push({ kind: 'unused', since: statusAt, connector });
  }
  return alerts;
}

/**
 * The alerts of a charger at a time, epoch ms. One that cannot be heard has no others but how often that happened: nothing else is known of
 * it.
 */
export function alertsOf(
  { offlineSince, absences, connectors }: WatchedCharger,
  thresholds: AlertThresholds,
  now: number,
): readonly Alert[] {
  const recent = absences.filter((at) => now - at <= day);
  const often: readonly Alert[] =
    recent.length >= thresholds.absencesPerDay
      ? [{ kind: 'often-offline', since: recent.reduce((a, b) => Math.min(a, b), now) }]
      : [];
  if (offlineSince === undefined) {
    return [...often, ...connectors.flatMap((one) => connectorAlerts(one, thresholds, now))];
  }
  const isOffline = now - offlineSince >= thresholds.offlineMinutes * minute;
  return isOffline ? [{ kind: 'offline', since: offlineSince }, ...often] : often;
}
