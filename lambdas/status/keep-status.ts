import {
  type ConnectorRef,
  firstConnectorOf,
  isPossibleConnector,
  isWholeEvse,
} from '../../core/charger/connector-ref.ts';
import { isTimed } from '../../core/metering/points/charger-time.ts';
import { readConnector } from '../store/chargers/connectors.ts';
import {
  recordSessionEnd,
  recordStatus,
  type StatusReport,
} from '../store/chargers/record-status.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import type { Database } from '../store/table/client.ts';
import { noteUptime } from './note-uptime.ts';
import { placeOfStatus, type StatusPlace } from './place-of-status.ts';
import { statusOf } from './status-of.ts';

/** Where a status comes from, by the kind of its message, if not from the connector itself. */
const shownBy: { readonly [kind in MessageRecord['kind']]?: StatusReport['shownBy'] } = {
  event: 'session',
  stop: 'end-of-session',
};

/** An end that came before its connector was known is kept first, so that what came before it in the session is not shown. */
async function noteEnd(
  database: Database,
  { chargerKey, sessionId }: MessageRecord,
  connector: ConnectorRef,
  { endedAt }: StatusPlace,
): Promise<void> {
  if (endedAt === undefined || sessionId === undefined) return;
  await recordSessionEnd(database, chargerKey, connector, { sessionId, endedAt });
}

/** Keeps what a connector said last; an older status that arrives later, or one that says nothing, changes nothing. */
export async function keepStatus(
  database: Database,
  reading: MessageRecord,
): Promise<'written' | 'older' | 'unreadable' | 'unplaced'> {
  const status = await statusOf(reading);
  if (status === undefined || !isPossibleConnector(status)) return 'unreadable';
  const place = await placeOfStatus(database, reading);
  if (place === undefined) return 'unplaced';
  const { chargerKey, receivedAt, at } = reading;
  const timed = isTimed(status.timestamp);
  const by = shownBy[reading.kind];
  const report = {
    status: status.status,
    errorCode: status.errorCode,
    // In the zone of the charger already, but not of the future.
    statusAt: timed && at < receivedAt ? at : receivedAt,
    timed,
    receivedAt,
    ...(by === undefined ? {} : { shownBy: by }),
    ...(by === undefined || reading.sessionId === undefined
      ? {}
      : { sessionId: reading.sessionId }),
    ...(status.begins === true ? { begins: true } : {}),
    ...(status.info === undefined ? {} : { info: status.info }),
    ...(status.vendorErrorCode === undefined ? {} : { vendorErrorCode: status.vendorErrorCode }),
  };
  const connectors = await connectorsAt(database, chargerKey, place);
  const outcomes = await Promise.all(
    connectors.map(async (one) => {
      await noteEnd(database, reading, one, place);
      const recorded = await recordStatus(database, chargerKey, one, report);
      // That a session is over says nothing of whether its connector works.
      if (reading.kind !== 'stop') {
        await noteUptime(database, { chargerKey, connector: one, report }, recorded);
      }
      return recorded.kind;
    }),
  );
  return outcomes.includes('written') ? 'written' : 'older';
}

/** So many connectors of an EVSE are looked for at most. */
const mostConnectors = 16;

/** The connectors that a status is of: those that are known of a whole EVSE, which are numbered from 1, or its first one. */
async function connectorsAt(
  database: Database,
  chargerKey: string,
  place: ConnectorRef,
): Promise<readonly ConnectorRef[]> {
  const first = firstConnectorOf(place);
  const connectors = [first];
  if (!isWholeEvse(place)) return connectors;
  for (let number = 2; number <= mostConnectors; number += 1) {
    const next = { ...first, connectorId: number };
    if ((await readConnector(database, chargerKey, next)) === undefined) break;
    connectors.push(next);
  }
  return connectors;
}
