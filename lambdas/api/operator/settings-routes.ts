import { done } from '../../http/answer.ts';
import { readBillingSettings, writeBillingSettings } from '../../store/cdrs/billing-settings.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { SettingsForm, SettingsSchema, settingsOf, settingsView } from './settings-form.ts';

/** The calls about how an operator bills sessions that did not go as charging should. */
export const settingsRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings',
    summary:
      'Returns how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much.',
    scope: 'settings:read',
    response: SettingsSchema,
    run: async ({ database, operatorId }) =>
      done(settingsView(await readBillingSettings(database, operatorId))),
  }),
  route({
    method: 'PUT',
    path: '/settings',
    summary:
      'Sets how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much. Omitted settings get their default; CDRs made from then on follow the new settings.',
    scope: 'settings:write',
    body: SettingsForm,
    example: {
      zeroEnergy: { bill: 'tariff' },
      neverStopped: { closeAfterHours: 48 },
      limits: { highestPrice: { EUR: '800' } },
    },
    response: SettingsSchema,
    run: async ({ database, operatorId }, { body }) => {
      const settings = settingsOf(body);
      await writeBillingSettings(database, operatorId, settings);
      return done(settingsView(settings));
    },
  }),
];
