import * as z from 'zod';
import { alertKinds } from '../../../core/monitoring/alerts.ts';
import { definitionOf } from '../../../core/monitoring/monitoring-settings.ts';
import { uptimeDefinitions } from '../../../core/uptime/uptime-definition.ts';
import { uptimeWindow } from '../../../core/uptime/uptime-window.ts';
import { mostExclusions } from '../../connection/read-uptime-of.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { listChargers } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import {
  deleteExclusion,
  keepExclusion,
  listExclusions,
} from '../../store/monitoring/exclusions.ts';
import { readMonitoringSettings } from '../../store/monitoring/monitoring-settings.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { readChargerFacts } from '../chargers/read-charger-facts.ts';
import { readOwnCharger } from '../chargers/read-own-charger.ts';
import { id, month } from '../forms.ts';
import { ChargerAlertsSchema } from './alerts-view.ts';
import { ExclusionForm, ExclusionSchema, exclusionOf, exclusionView } from './exclusion-form.ts';
import { UptimeSchema } from './uptime-view.ts';
import {
  AbnormalReadingsSchema,
  FailedSessionSchema,
  listAbnormal,
  listFailed,
} from './watched-view.ts';

const ofMonth = {
  month: month.optional().meta({ description: 'The current month in UTC unless given.' }),
};

/** The calls by which an operator watches its chargers. */
export const monitoringRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/monitoring/uptime',
    summary:
      'Lists the uptime of every connector by a definition, for the window of it that ends with a month; a charger is an item.',
    scope: 'chargers:read',
    filters: {
      ...ofMonth,
      definition: z
        .enum(uptimeDefinitions)
        .default('contract')
        .meta({ description: 'How uptime is computed: docs/uptime.md has the formulas.' }),
      locationId: id(64).optional(),
    },
    item: UptimeSchema,
    run: async (caller, { query, page }) => {
      const { database, operatorId, now } = caller;
      const { locationId } = query;
      const { items, next } =
        locationId === undefined
          ? await listChargers(database, operatorId, page)
          : await listChargersOfLocation(database, operatorId, locationId, page);
      const settings = await readMonitoringSettings(database, operatorId);
      const definition = definitionOf(query.definition, settings);
      const window = uptimeWindow(definition, query.month ?? now.slice(0, 7));
      const facts = await readChargerFacts(caller, items);
      const { readUptime } = await import('./read-uptime.ts');
      const uptimes = await Promise.all(
        facts.map((one) => readUptime(database, one, definition, window, now)),
      );
      return { items: uptimes, next };
    },
  }),
  listRoute({
    path: '/monitoring/alerts',
    summary:
      'Lists the chargers that somebody may have to look after as they are now, each with why: offline, faulted, a session that is stuck, silent or long, a frozen register, a lost phase, a connector that nobody uses.',
    scope: 'chargers:read',
    filters: {
      locationId: id(64).optional(),
      kind: z
        .enum(alertKinds)
        .optional()
        .meta({ description: 'Only alerts of this kind: docs/uptime.md says when there is one.' }),
    },
    item: ChargerAlertsSchema,
    run: async (caller, { query, page }) => {
      // With the running sessions, what measures a session comes along.
      const { listAlerts } = await import('./list-alerts.ts');
      return await listAlerts(caller, query, page);
    },
  }),
  listRoute({
    path: '/monitoring/failed-sessions',
    summary:
      'Lists the sessions that ended in a month (UTC) and failed, the latest first: without energy, ended by a fault, or never stopped.',
    scope: 'sessions:read',
    filters: ofMonth,
    item: FailedSessionSchema,
    run: async (caller, { query, page }) => await listFailed(caller, query.month, page),
  }),
  listRoute({
    path: '/monitoring/abnormal-readings',
    summary:
      'Lists the sessions that ended in a month (UTC) and whose meter or readings were abnormal, the latest first.',
    scope: 'sessions:read',
    filters: ofMonth,
    item: AbnormalReadingsSchema,
    run: async (caller, { query, page }) => await listAbnormal(caller, query.month, page),
  }),
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/uptime-exclusions',
    summary:
      'Excludes a time from the uptime of a charger or one of its EVSEs, for a cause; the same one again changes its note alone.',
    scope: 'chargers:write',
    body: ExclusionForm,
    example: {
      from: '2026-03-14T08:00:00Z',
      to: '2026-03-14T10:30:00Z',
      cause: 'scheduled-maintenance',
      note: 'Cable of EVSE 1 replaced.',
    },
    response: ExclusionSchema,
    errors: ['CHARGER_NOT_FOUND', 'UPTIME_EXCLUSIONS_TOO_MANY'],
    repeatable: 'claimed',
    run: async (caller, { path: { chargerId }, body }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { database } = caller;
      const exclusion = exclusionOf(body);
      const { items } = await listExclusions(database, charger.chargerKey, {
        limit: mostExclusions,
      });
      const isNew = items.every(({ exclusionId }) => exclusionId !== exclusion.exclusionId);
      if (isNew && items.length >= mostExclusions) return refused('UPTIME_EXCLUSIONS_TOO_MANY');
      await keepExclusion(database, charger.chargerKey, exclusion);
      return done(exclusionView(exclusion));
    },
  }),
  listRoute({
    path: '/chargers/{chargerId}/uptime-exclusions',
    summary: 'Lists the times that are excluded from the uptime of a charger, by their begins.',
    scope: 'chargers:read',
    item: ExclusionSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path: { chargerId }, page }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { items, next } = await listExclusions(caller.database, charger.chargerKey, page);
      return { items: items.map(exclusionView), next };
    },
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}/uptime-exclusions/{exclusionId}',
    summary: 'Lets a time count again for the uptime of a charger.',
    scope: 'chargers:write',
    status: 204,
    errors: ['CHARGER_NOT_FOUND', 'UPTIME_EXCLUSION_NOT_FOUND'],
    run: async (caller, { path: { chargerId, exclusionId } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const deleted = await deleteExclusion(caller.database, charger.chargerKey, exclusionId);
      return deleted === 'absent' ? refused('UPTIME_EXCLUSION_NOT_FOUND') : doneSilently;
    },
  }),
];
