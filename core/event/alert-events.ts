import { chargerKey } from '../charger/charger-key.ts';
import {
  type AlertThresholds,
  oftenOfflineSince,
  type SessionAlert,
  sessionAlerts,
} from '../monitoring/alerts.ts';
import { type WatchedView, watchedSession } from '../monitoring/watched-session.ts';
import type { Session } from '../session/session.ts';
import type { EventDraft } from './event.ts';

const minute = 60_000;

/** The alerts of a session at the time of a view; none where its latest reading is late: it says nothing of now. */
function alertsAt(
  session: Session,
  view: WatchedView,
  thresholds: AlertThresholds,
): readonly SessionAlert[] {
  const watched = watchedSession(session, view);
  const now = Date.parse(view.updatedAt);
  const lastAt = Number(watched.series.at(-1)?.at ?? 0);
  return now - lastAt >= thresholds.silentMinutes * minute
    ? []
    : sessionAlerts(watched, thresholds, now);
}

/** The alerts of a session that begin with a change of its running view, each kind once. */
export function sessionAlertEvents(
  session: Session,
  old: WatchedView | undefined,
  view: WatchedView,
  thresholds: AlertThresholds,
): readonly EventDraft[] {
  const alerts = alertsAt(session, view, thresholds);
  // So it is with nearly every reading, and to look at the view before costs as much again.
  if (alerts.length === 0) return [];
  const known = (old === undefined ? [] : alertsAt(session, old, thresholds)).map(
    ({ kind }) => kind,
  );
  const { operatorId, chargerId, sessionId, evseId, connectorId } = session;
  return alerts
    .filter(({ kind }) => !known.includes(kind))
    .map(({ kind, since }) => ({
      type: 'charger.alert',
      subject: { kind: 'charger', chargerKey: chargerKey(operatorId, chargerId) },
      at: view.updatedAt,
      data: { kind, since: new Date(since).toISOString(), evseId, connectorId, sessionId },
    }));
}

/**
 * That a charger which is back has gone away too often, where this absence made it so. `earlier`: the begins of those before it, epoch ms;
 * the absence in ISO 8601.
 */
export function absenceAlertEvents(
  key: string,
  earlier: readonly number[],
  absence: { readonly from: string; readonly to: string },
  thresholds: AlertThresholds,
): readonly EventDraft[] {
  const [from, now] = [Date.parse(absence.from), Date.parse(absence.to)];
  const since = oftenOfflineSince([...earlier, from], thresholds, now);
  if (since === undefined || oftenOfflineSince(earlier, thresholds, from) !== undefined) return [];
  return [
    {
      type: 'charger.alert',
      subject: { kind: 'charger', chargerKey: key },
      at: absence.to,
      data: {
        kind: 'often-offline',
        since: new Date(since).toISOString(),
        evseId: null,
        connectorId: null,
        sessionId: null,
      },
    },
  ];
}
