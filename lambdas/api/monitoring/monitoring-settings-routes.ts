import { done, refused } from '../../http/answer.ts';
import {
  readMonitoringSettings,
  writeMonitoringSettings,
} from '../../store/monitoring/monitoring-settings.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { MonitoringSettingsForm, MonitoringSettingsSchema } from './monitoring-settings-form.ts';

type Shown = Awaited<ReturnType<typeof readMonitoringSettings>>;

const settingsView = ({ failedSessions, abnormalReadings, alerts, uptime }: Shown) => ({
  failedSessions,
  abnormalReadings,
  alerts,
  uptime: {
    ...uptime,
    contract: { ...uptime.contract, excludedCauses: [...uptime.contract.excludedCauses] },
  },
});

/** The calls about how an operator watches its chargers. */
export const monitoringSettingsRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/monitoring',
    summary:
      'Returns when a session counts as failed, which readings count as abnormal, what is an alert, and the thresholds and terms of uptime.',
    scope: 'settings:read',
    response: MonitoringSettingsSchema,
    versioned: [],
    run: async ({ database, operatorId }) =>
      done(settingsView(await readMonitoringSettings(database, operatorId))),
  }),
  route({
    method: 'PUT',
    path: '/settings/monitoring',
    summary:
      'Sets when a session counts as failed, which readings count as abnormal, what is an alert, and the thresholds and terms of uptime. Omitted settings get their default; lists and uptimes of past months follow the new settings.',
    scope: 'settings:write',
    body: MonitoringSettingsForm,
    example: {
      failedSessions: { noEnergyKwh: '0.1' },
      alerts: { offlineMinutes: 15 },
      uptime: { thresholdPercent: { contract: '99.5' }, contract: { offline: 'left-out' } },
    },
    response: MonitoringSettingsSchema,
    errors: ['PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId }, { body, isSeen }) => {
      const { contract, ...uptime } = body.uptime;
      const excludedCauses = [...new Set(contract.excludedCauses)];
      const settings = {
        ...body,
        uptime: { ...uptime, contract: { ...contract, excludedCauses } },
      };
      const written = await writeMonitoringSettings(
        database,
        operatorId,
        settings,
        isSeen && ((before) => isSeen(settingsView(before))),
      );
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(settingsView(settings));
    },
  }),
];
