import { sendCommandMessage } from '../connection/send-command-message.ts';
import { connectionFrom } from '../store/chargers/connections.ts';
import type { Database } from '../store/table/client.ts';
import { newItem } from '../stream/stream-records.ts';
import type { Addressed } from './address-event.ts';
import { monitoringOf } from './operator-monitoring.ts';

const minute = 60_000;

/** Has the chargers whose connection ended looked at when they are offline for as long as their operator waits; most are back by then. */
export async function watchAbsences(
  database: Database,
  operatorId: string,
  gone: readonly Addressed[],
): Promise<void> {
  const { offlineMinutes: minutes } = (await monitoringOf(database, operatorId)).alerts;
  for (const { record, chargerKey } of gone) {
    const item = newItem(record);
    const connection = item?.['kind']?.S === 'CONNECTION' ? connectionFrom(item) : undefined;
    if (chargerKey === undefined || connection?.disconnectedAt === undefined) continue;
    const { connectionId, disconnectedAt } = connection;
    const left = Date.parse(disconnectedAt) + minutes * minute - Date.now();
    const message = { kind: 'offline', chargerKey, connectionId, disconnectedAt, minutes } as const;
    await sendCommandMessage(message, Math.max(0, left / 1000));
  }
}
