import type { MonitoringSettings } from '../../core/monitoring/monitoring-settings.ts';
import { readMonitoringSettings } from '../store/monitoring/monitoring-settings.ts';
import type { Database } from '../store/table/client.ts';

/** How operators watch, and until when that is believed, epoch ms. */
const known = new Map<string, { readonly settings: MonitoringSettings; readonly until: number }>();
const believedFor = 60_000;
const mostOperators = 1_000;

/** How an operator watches its chargers: as it was read last, for a minute. */
export async function monitoringOf(
  database: Database,
  operatorId: string,
): Promise<MonitoringSettings> {
  const found = known.get(operatorId);
  if (found !== undefined && found.until > Date.now()) return found.settings;
  const settings = await readMonitoringSettings(database, operatorId);
  if (known.size >= mostOperators) known.clear();
  known.set(operatorId, { settings, until: Date.now() + believedFor });
  return settings;
}
