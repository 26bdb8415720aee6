import { shownValue } from '../command/secret-settings.ts';
import type { WantedSettings } from './desired-configuration.ts';

/** Settings as they may be shown: without secrets. */
export const shownSettings = (settings: WantedSettings = {}): WantedSettings =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      value === null ? null : shownValue(key, value),
    ]),
  );

/** Settings that were shown, changed and given back: a secret that is as it was shown stays as it is stored. Keys are the same in upper and lower case. */
export const withStoredSecrets = (
  given: WantedSettings,
  stored: WantedSettings = {},
): WantedSettings => {
  const before = new Map(Object.entries(stored).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const kept = before.get(key.toLowerCase());
      const isAsShown = typeof kept === 'string' && value === shownValue(key, kept);
      return [key, isAsShown ? kept : value];
    }),
  );
};
