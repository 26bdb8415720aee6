import { done, refused } from '../../http/answer.ts';
import { readBillingSettings, writeBillingSettings } from '../../store/cdrs/billing-settings.ts';
import { readDefaultTariff } from '../../store/operators/default-tariff.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
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
    versioned: [],
    run: async ({ database, operatorId }) => {
      const [settings, tariffId] = await Promise.all([
        readBillingSettings(database, operatorId),
        readDefaultTariff(database, operatorId),
      ]);
      return done(settingsView(settings, tariffId));
    },
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
    errors: ['TARIFF_NOT_FOUND', 'PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId }, { body, isSeen }) => {
      const settings = settingsOf(body);
      const { tariffId } = body;
      if (
        tariffId !== null &&
        (await latestVersion(database, operatorId, tariffId)) === undefined
      ) {
        return refused('TARIFF_NOT_FOUND');
      }
      const written = await writeBillingSettings(
        database,
        operatorId,
        { settings, ...(tariffId === null ? {} : { tariffId }) },
        isSeen && ((kept) => isSeen(settingsView(kept.settings, kept.tariffId))),
      );
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(settingsView(settings, tariffId));
    },
  }),
];
