import { done, refused } from '../../http/answer.ts';
import { readKeptSettings, writeBillingSettings } from '../../store/cdrs/billing-settings.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { keptOf, SettingsForm, SettingsSchema, settingsView } from './settings-form.ts';

/** The calls about how an operator bills sessions that did not go as charging should. */
export const settingsRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings',
    summary:
      'Returns how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much, and who sells.',
    scope: 'settings:read',
    response: SettingsSchema,
    versioned: [],
    run: async ({ database, operatorId }) =>
      done(settingsView(await readKeptSettings(database, operatorId))),
  }),
  route({
    method: 'PUT',
    path: '/settings',
    summary:
      'Sets how sessions are billed that deliver nothing, are aborted, never stop, last too long or cost too much, and who sells. Omitted settings get their default; CDRs made from then on follow the new settings.',
    scope: 'settings:write',
    body: SettingsForm,
    example: {
      zeroEnergy: { bill: 'tariff' },
      neverStopped: { closeAfterHours: 48 },
      limits: { highestPrice: { EUR: '800' } },
      issuer: {
        name: 'Juna Charge GmbH',
        addressLines: ['Lindenstraße 7'],
        postalCode: '10969',
        city: 'Berlin',
        country: 'DEU',
        vatId: 'DE123456789',
        registration: 'Amtsgericht Charlottenburg, HRB 12345',
      },
    },
    response: SettingsSchema,
    errors: ['TARIFF_NOT_FOUND', 'PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId }, { body, isSeen }) => {
      const kept = keptOf(body);
      const { tariffId } = kept;
      if (
        tariffId !== undefined &&
        (await latestVersion(database, operatorId, tariffId)) === undefined
      ) {
        return refused('TARIFF_NOT_FOUND');
      }
      const written = await writeBillingSettings(
        database,
        operatorId,
        kept,
        isSeen && ((before) => isSeen(settingsView(before))),
      );
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(settingsView(kept));
    },
  }),
];
