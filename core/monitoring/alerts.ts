import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { ConnectorStatus } from '../charger/connector-status.ts';
import type { EnergyPoint } from '../metering/model/metered.ts';
import type { CurrentWatch } from './current-watch.ts';

/** Everything about a charger, as it is now, that somebody may have to look after. */
export const alertKinds = [
  'offline',
  'often-offline',
  'faulted',
  'frozen-register',
  'lost-phase',
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
  /** Minutes in which a register stands still while current flows. */
  readonly frozenMinutes: number;
  /** Minutes for which one of three phases carries next to nothing. */
  readonly lostPhaseMinutes: number;
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
  frozenMinutes: 10,
  lostPhaseMinutes: 5,
  stuckMinutes: 20,
  stuckWatts: 200,
  silentMinutes: 30,
  longHours: 24,
  unusedDays: 7,
};

/** A register: when it was read last, and since when it has shown the same; epoch ms. */
export type Register = { readonly at: number; readonly since: number };

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
  readonly register?: Register;
  readonly currents?: CurrentWatch;
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

/** Something about a session that runs, and since when, epoch ms. */
export type SessionAlert = Pick<Alert, 'kind' | 'since'>;

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

/** The time since which a register stands still while current flows; undefined where that is not so, or too short. */
function frozenSince(
  { register, currents }: WatchedSession,
  { frozenMinutes }: AlertThresholds,
): number | undefined {
  if (register === undefined || currents?.flowsSince === undefined) return undefined;
  const since = Math.max(register.since, currents.flowsSince);
  return register.at - since >= frozenMinutes * minute ? since : undefined;
}

/** The time since which one of three phases is lost; undefined where none is, or it is too short. */
function lostPhaseSince(
  { currents }: WatchedSession,
  { lostPhaseMinutes }: AlertThresholds,
): number | undefined {
  if (currents?.lost === undefined) return undefined;
  const { since } = currents.lost;
  return currents.at - since >= lostPhaseMinutes * minute ? since : undefined;
}

/** The alerts of a session that its readings show, unless it is silent: nobody knows what a silent meter counts. */
function readingAlerts(
  session: WatchedSession,
  thresholds: AlertThresholds,
): readonly SessionAlert[] {
  const frozen = frozenSince(session, thresholds);
  const lost = lostPhaseSince(session, thresholds);
  // A register that stands still says nothing of what the vehicle gets.
  const stuck = frozen === undefined ? stuckSince(session, thresholds) : undefined;
  return [
    ...(frozen === undefined ? [] : [{ kind: 'frozen-register' as const, since: frozen }]),
    ...(lost === undefined ? [] : [{ kind: 'lost-phase' as const, since: lost }]),
    ...(stuck === undefined ? [] : [{ kind: 'stuck-session' as const, since: stuck }]),
  ];
}

/** The alerts of a session that runs, at a time, epoch ms. */
export function sessionAlerts(
  session: WatchedSession,
  thresholds: AlertThresholds,
  now: number,
): readonly SessionAlert[] {
  const { heardAt, startedAt } = session;
  const isSilent = now - heardAt >= thresholds.silentMinutes * minute;
  return [
    ...(isSilent
      ? [{ kind: 'silent-session' as const, since: heardAt }]
      : readingAlerts(session, thresholds)),
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

/** Since when a charger has gone away too often, by the begins of its absences; undefined where it has not. Epoch ms. */
export function oftenOfflineSince(
  absences: readonly number[],
  { absencesPerDay }: AlertThresholds,
  now: number,
): number | undefined {
  const recent = absences.filter((at) => now - at <= day);
  return recent.length >= absencesPerDay ? recent.reduce((a, b) => Math.min(a, b), now) : undefined;
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
  const oftenSince = oftenOfflineSince(absences, thresholds, now);
  const often: readonly Alert[] =
    oftenSince === undefined ? [] : [{ kind: 'often-offline', since: oftenSince }];
  if (offlineSince === undefined) {
    return [...often, ...connectors.flatMap((one) => connectorAlerts(one, thresholds, now))];
  }
  const isOffline = now - offlineSince >= thresholds.offlineMinutes * minute;
  return isOffline ? [{ kind: 'offline', since: offlineSince }, ...often] : often;
}
