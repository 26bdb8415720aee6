import {
  type ConnectorRef,
  firstConnectorOf,
  isPossibleConnector,
  isWholeEvse,
} from '../../core/charger/connector-ref.ts';
import { isTimed, pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { connectorFrom, readChargerItems, recordStatus } from '../store/chargers/connectors.ts';
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
  const report = {
    status: status.status,
    errorCode: status.errorCode,
    statusAt: pastTimeOf(status.timestamp, Date.parse(receivedAt)),
    timed: isTimed(status.timestamp),
    receivedAt,
    ...(status.info === undefined ? {} : { info: status.info }),
    ...(status.vendorErrorCode === undefined ? {} : { vendorErrorCode: status.vendorErrorCode }),
  };
  const connectors = await connectorsAt(database, chargerKey, place);
  const outcomes = await Promise.all(
    connectors.map(async (one) => await recordStatus(database, chargerKey, one, report)),
  );
  return outcomes.includes('written') ? 'written' : 'older';
}

/** The connectors that a status is of: those that are known of a whole EVSE, or its first one. */
async function connectorsAt(
  database: Database,
  chargerKey: string,
  place: ConnectorRef,
): Promise<readonly ConnectorRef[]> {
  if (!isWholeEvse(place)) return [place];
  const { connectors } = await readChargerItems(database, chargerKey);
  const known = connectors.map(connectorFrom).filter(({ evseId }) => evseId === place.evseId);
  return known.length > 0 ? known : [firstConnectorOf(place)];
}
