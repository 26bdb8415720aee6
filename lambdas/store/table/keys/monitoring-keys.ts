import type { ConnectorRef } from '../../../../core/charger/connector-ref.ts';
import type { Key } from './key.ts';

/** Partition of the past of a charger, as far as its uptime depends on it. */
export const uptimePk = (chargerKey: string): string => `UPTIME#${chargerKey}`;

/** Start of the sort keys of a connector's changes. */
export const pointPrefix = ({ evseId, connectorId }: ConnectorRef): string =>
  `POINT#${evseId}#${connectorId}#`;

/** That a connector was in a state from a time on (ISO 8601 in UTC): the same change has the same key. */
export const pointKey = (
  chargerKey: string,
  connector: ConnectorRef,
  at: string,
  state: string,
): Key => ({ pk: uptimePk(chargerKey), sk: `${pointPrefix(connector)}${at}#${state}` });

/** Start of the sort keys of the times in which a charger could not be heard. */
export const offlinePrefix = 'OFFLINE#';

/** A time in which a charger could not be heard, by its end (ISO 8601 in UTC). */
export const offlineKey = (chargerKey: string, to: string): Key => ({
  pk: uptimePk(chargerKey),
  sk: `${offlinePrefix}${to}`,
});

/** Start of the sort keys of the times that an operator excluded. */
export const exclusionPrefix = 'EXCLUDED#';

/** A time that an operator excluded, by its begin (ISO 8601 in UTC) and its id. */
export const exclusionKey = (chargerKey: string, exclusionId: string): Key => ({
  pk: uptimePk(chargerKey),
  sk: `${exclusionPrefix}${exclusionId}`,
});

/** The lists of sessions that an operator may want to look at. */
export type WatchedList = 'failed-sessions' | 'abnormal-readings';

/** Partition of such a list of a month, `YYYY-MM`. */
export const watchedPk = (operatorId: string, list: WatchedList, month: string): string =>
  `WATCHED#${operatorId}#${list}#${month}`;

/** How an operator watches its chargers. */
export const monitoringSettingsKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'MONITORING',
});
