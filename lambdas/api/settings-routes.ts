import { readBillingSettings, writeBillingSettings } from '../store/billing-settings.ts';
import { done } from './api-answer.ts';
import { noBody, noQuery } from './forms.ts';
import { type Route, route } from './route.ts';
import { SettingsForm, settingsOf } from './settings-form.ts';

/** The calls about how an operator bills sessions that did not go as charging should. */
export const settingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/settings',
    summary: 'Shows how sessions are billed that deliver nothing, are aborted or never stop.',
    scope: 'settings:read',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }) => done(await readBillingSettings(database, operatorId)),
  }),
  route({
    method: 'PUT',
    path: '/settings',
    summary:
      'Sets how sessions are billed that deliver nothing, are aborted or never stop; what is left out takes its default. It holds for CDRs made from then on.',
    scope: 'settings:write',
    query: noQuery,
    body: SettingsForm,
    run: async ({ database, operatorId }, { body }) => {
      const settings = settingsOf(body);
      await writeBillingSettings(database, operatorId, settings);
      return done(settings);
    },
  }),
];
