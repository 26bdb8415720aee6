import { type ConnectorRef, isAbout } from '../../core/charger/connector-ref.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { pointsOfLate, pointsOfLatest, type Report } from '../../core/uptime/note-report.ts';
import { reportedStateOf } from '../../core/uptime/reported-state.ts';
import type { Connector } from '../store/chargers/connectors.ts';
import type { Recorded, StatusReport } from '../store/chargers/record-status.ts';
import { keepPoint, readPointsUpTo } from '../store/monitoring/uptime-points.ts';
import { type MessageRecord, readConnectorPage } from '../store/readings/readings.ts';
import type { Database } from '../store/table/client.ts';
import { statusOf } from './status-of.ts';

/** A status of a connector that was recorded. */
type Noted = {
  readonly chargerKey: string;
  readonly connector: ConnectorRef;
  readonly report: StatusReport;
};

const reportOf = ({ status, statusAt }: Connector): Report | undefined =>
  status === undefined || statusAt === undefined
    ? undefined
    : { at: statusAt, state: reportedStateOf(status) };

/** Messages of a page that is looked through for the next status. */
const pageLength = 25;

/** Pages that are looked through: values that a meter sends by the clock lie between statuses. */
const mostPages = 40;

/** The report of a kept message; undefined where it is no status of the connector. */
async function reportIn(
  record: MessageRecord,
  connector: ConnectorRef,
): Promise<Report | undefined> {
  if (record.kind !== 'status' || !isAbout(record, connector)) return undefined;
  const status = await statusOf(record);
  if (status === undefined) return undefined;
  const at = pastTimeOf(status.timestamp, Date.parse(record.receivedAt));
  return { at, state: reportedStateOf(status.status) };
}

/** Finds the status that follows another in time, from the messages that were kept; the latest of the connector where they are over. */
async function findNext(
  database: Database,
  { chargerKey, connector, report: { statusAt } }: Noted,
  latest: Report | undefined,
): Promise<Report | undefined> {
  const span = { chargerKey, connector, from: statusAt, to: '~' };
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { records, isWhole } = await readConnectorPage(database, span, after, pageLength);
    for (const record of records) {
      const found = await reportIn(record, connector);
      if (found !== undefined && found.at > statusAt) return found;
    }
    after = records.at(-1)?.key;
    if (isWhole || after === undefined) break;
  }
  return latest !== undefined && latest.at > statusAt ? latest : undefined;
}

/**
 * Keeps what a status changes of its connector's uptime: nothing while the connector works, whatever sessions it has. A status that
 * comes after a later one changes the past, also that of a month which is over.
 */
export async function noteUptime(
  database: Database,
  noted: Noted,
  { kind, known }: Recorded,
): Promise<void> {
  const { chargerKey, connector, report } = noted;
  const own = { at: report.statusAt, state: reportedStateOf(report.status) };
  const latest = known && reportOf(known);
  const isLatest = kind === 'written' && (latest === undefined || latest.at <= own.at);
  const points = isLatest
    ? pointsOfLatest(own, latest)
    : await pointsOfEarlier(database, noted, own, latest);
  for (const point of points) await keepPoint(database, chargerKey, connector, point);
}

/** The points of a status that is not the latest: none where the state at that time is known to be this one. */
async function pointsOfEarlier(
  database: Database,
  noted: Noted,
  own: Report,
  latest: Report | undefined,
): Promise<readonly Report[]> {
  const { chargerKey, connector } = noted;
  const before = await readPointsUpTo(database, chargerKey, connector, own.at);
  const isKnown = before.length > 0 && before.every(({ state }) => state === own.state);
  return isKnown ? [] : pointsOfLate(own, await findNext(database, noted, latest));
}
