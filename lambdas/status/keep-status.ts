import { isPossibleConnector } from '../../core/charger/connector-ref.ts';
import { isTimed, pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { recordStatus } from '../store/chargers/connectors.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import type { Database } from '../store/table/client.ts';
import { placeOfStatus } from './place-of-status.ts';
import { statusOf } from './status-of.ts';

/** Keeps what a connector said last; an older status that arrives later, or one that says nothing, changes nothing. */
export async function keepStatus(
  database: Database,
  reading: MessageRecord,
): Promise<'written' | 'older' | 'unreadable' | 'unplaced'> {
  const status = await statusOf(reading);
  if (status === undefined || !isPossibleConnector(status)) return 'unreadable';
  const place = await placeOfStatus(database, reading);
  if (place === undefined) return 'unplaced';
  const { chargerKey, receivedAt } = reading;
  return await recordStatus(database, chargerKey, place, {
    status: status.status,
    errorCode: status.errorCode,
    statusAt: pastTimeOf(status.timestamp, Date.parse(receivedAt)),
    timed: isTimed(status.timestamp),
    receivedAt,
    ...(status.info === undefined ? {} : { info: status.info }),
    ...(status.vendorErrorCode === undefined ? {} : { vendorErrorCode: status.vendorErrorCode }),
  });
}
