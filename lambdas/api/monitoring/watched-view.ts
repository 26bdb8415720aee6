import * as z from 'zod';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { abnormalReadings } from '../../../core/monitoring/abnormal-readings.ts';
import type { MonitoringSettings } from '../../../core/monitoring/monitoring-settings.ts';
import { failureOf, sessionFailures } from '../../../core/monitoring/session-failure.ts';
import { readCdrInForce } from '../../store/cdrs/cdr-in-force.ts';
import { readMonitoringSettings } from '../../store/monitoring/monitoring-settings.ts';
import { listWatched } from '../../store/monitoring/watched-sessions.ts';
import { readSessions } from '../../store/sessions/sessions.ts';
import type { WatchedList } from '../../store/table/keys/monitoring-keys.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { AnomalySchema, timeText } from '../common-schemas.ts';

const facts = {
  sessionId: z.string(),
  cdrId: z.string(),
  chargerId: z.string(),
  evseId: z.int(),
  connectorId: z.int(),
  startedAt: timeText,
  endedAt: timeText,
  energyKwh: z.number(),
};

/** A session that gave next to no energy, never stopped or was stopped by a fault, as monitoring lists it. */
export const FailedSessionSchema = z
  .strictObject({
    ...facts,
    failure: z.enum(sessionFailures),
    stopReason: z.string().nullable(),
  })
  .meta({ id: 'FailedSession' });

/** A session with abnormal readings. */
export const AbnormalReadingsSchema = z
  .strictObject({ ...facts, anomalies: z.array(AnomalySchema) })
  .meta({ id: 'AbnormalReadings' });

const factsOf = (cdr: Cdr) => ({
  sessionId: cdr.sessionId,
  cdrId: cdr.cdrId,
  chargerId: cdr.chargerId,
  evseId: cdr.evseId,
  connectorId: cdr.connectorId,
  startedAt: cdr.startedAt,
  endedAt: cdr.endedAt,
  energyKwh: cdr.energyKwh,
});

/** Shows a session as failed by the operator's settings; nothing where it is not. */
function failedView(cdr: Cdr, { failedSessions }: MonitoringSettings) {
  const failure = failureOf(cdr, failedSessions.noEnergyKwh);
  const stopReason = cdr.evidence.session.stop?.reason ?? null;
  return failure === undefined ? [] : [{ ...factsOf(cdr), failure, stopReason }];
}

/** Shows the abnormal readings of a session by the operator's settings; nothing where it has none. */
function abnormalView(cdr: Cdr, settings: MonitoringSettings) {
  const anomalies = [...abnormalReadings(cdr.anomalies, settings.abnormalReadings.from)];
  return anomalies.length === 0 ? [] : [{ ...factsOf(cdr), anomalies }];
}

/**
 * Lists sessions of a month by their CDRs in force and the settings of now. A page may have fewer than its limit: a session leaves the
 * list when it is corrected, and where the settings are stricter than what was entered.
 */
async function listViews<View>(
  { database, operatorId, now }: Caller,
  list: WatchedList,
  month: string | undefined,
  page: ListRequest,
  viewOf: (cdr: Cdr, settings: MonitoringSettings) => readonly View[],
): Promise<Listed<View>> {
  const [settings, { items, next }] = await Promise.all([
    readMonitoringSettings(database, operatorId),
    listWatched(database, operatorId, list, month ?? now.slice(0, 7), page),
  ]);
  const sessions = await readSessions(
    database,
    items.map(({ sessionId }) => sessionId),
  );
  const byId = new Map(sessions.map((stored) => [stored.session.sessionId, stored]));
  const cdrs = await Promise.all(
    items.map(async ({ sessionId }) => {
      const stored = byId.get(sessionId);
      return stored && (await readCdrInForce(database, stored));
    }),
  );
  const views = cdrs.flatMap((cdr) => (cdr === undefined ? [] : viewOf(cdr, settings)));
  return { items: views, next };
}

/** Lists the sessions of a month that failed. */
export const listFailed = async (caller: Caller, month: string | undefined, page: ListRequest) =>
  await listViews(caller, 'failed-sessions', month, page, failedView);

/** Lists the sessions of a month that have abnormal readings. */
export const listAbnormal = async (caller: Caller, month: string | undefined, page: ListRequest) =>
  await listViews(caller, 'abnormal-readings', month, page, abnormalView);
