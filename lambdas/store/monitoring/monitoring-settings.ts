import {
  defaultMonitoring,
  type MonitoringSettings,
} from '../../../core/monitoring/monitoring-settings.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, toItem } from '../table/item.ts';
import { monitoringSettingsKey } from '../table/keys/monitoring-keys.ts';
import { putWith } from '../table/put-with.ts';

/** Settings that were stored before there was more to set; the rest is as the defaults say. */
function settingsFrom(item: Item | undefined): MonitoringSettings {
  if (item === undefined) return defaultMonitoring;
  const set = document<Partial<MonitoringSettings>>(item, 'monitoring');
  const alerts = { ...defaultMonitoring.alerts, ...set.alerts };
  return { ...defaultMonitoring, ...set, alerts };
}

/** Reads how an operator watches its chargers: the defaults until something else was set. */
export async function readMonitoringSettings(
  database: Database,
  operatorId: string,
): Promise<MonitoringSettings> {
  return settingsFrom(await getItem(database, monitoringSettingsKey(operatorId), true));
}

/** Keeps how an operator watches its chargers, if what held before is what `isCurrent` takes it for. */
export async function writeMonitoringSettings(
  database: Database,
  operatorId: string,
  settings: MonitoringSettings,
  isCurrent?: IsCurrent<MonitoringSettings>,
): Promise<'written' | 'changed'> {
  const key = monitoringSettingsKey(operatorId);
  const Item = toItem({ ...key, kind: 'MONITORING', monitoring: JSON.stringify(settings) });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, []);
    return 'written';
  }
  const before = await getItem(database, key, true);
  const isSame =
    isCurrent(settingsFrom(before)) &&
    (await putWith(database, { Item, ...asRead(before, ['monitoring']) }, []));
  return isSame ? 'written' : 'changed';
}
