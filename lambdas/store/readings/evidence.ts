import { connectorWindow, lateness } from '../../../core/cdr/evidence.ts';
import { isAbout } from '../../../core/charger/connector-ref.ts';
import { evidenceBytes, messageBytes } from '../../runtime/evidence-bytes.ts';
import type { CountedReadings } from '../sessions/closed-running-view.ts';
import type { StoredSession } from '../sessions/session-item.ts';
import type { Database } from '../table/client.ts';
import { countedBy } from './reading-marks.ts';
import {
  type BoundedRecords,
  type MessageRecord,
  readConnectorPage,
  readConnectorReadings,
  readSessionPage,
  readSessionReadings,
} from './readings.ts';

/** A stored message of a session; `late` when it came too late to count for its CDR. */
export type SessionMessage = MessageRecord & { readonly late: boolean };

/** Stored messages of a session, and whether they are all that there are: no more are read than a CDR is made from. */
export type SessionMessages = {
  readonly messages: readonly SessionMessage[];
  readonly isWhole: boolean;
};

const nothing: BoundedRecords = { records: [], isWhole: true };

const byKey = (a: MessageRecord, b: MessageRecord): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

// The connector of a pushed session is nobody's: what one of its charger reports is about sessions of its own.
const connectorSpan = (stored: StoredSession) => {
  const window = stored.session.protocol === 'push' ? undefined : connectorWindow(stored);
  const { chargerKey, session } = stored;
  return window && { chargerKey, connector: session, ...window };
};

/**
 * Reads the messages that the CDR of a session is made from, by the charger's time: its transaction's own, and what its
 * connector reported without naming a transaction from the start to the stop. What arrived after the session had ended
 * does not count, except for the message of the stop itself, so that the CDR is the same whenever it is made. Not to be
 * used for a session whose CDR is sealed.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly MessageRecord[]> {
  const { messages } = await readAllReadings(database, stored);
  return messages.filter(({ late }) => !late);
}

/**
 * Reads all stored messages of a session, late ones included, by the charger's time, as far as a CDR is made from them. For
 * a sealed CDR `counted` says which messages it is based on.
 */
export async function readAllReadings(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings = {},
): Promise<SessionMessages> {
  const mostBytes = evidenceBytes();
  const span = connectorSpan(stored);
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session, mostBytes),
    span === undefined ? nothing : readConnectorReadings(database, span, mostBytes),
  ]);
  const end = endOf([own, connector]);
  const isLate = latenessOf(stored, counted);
  return {
    messages: [...own.records, ...connector.records]
      .filter(({ key }) => end === undefined || key <= end)
      .filter((message) => isOf(stored, message))
      .sort(byKey)
      .map((message) => ({ ...message, late: isLate(message) })),
    isWhole: end === undefined,
  };
}

/** Messages of the session, and those of its connector; its EVSE may have others. */
export const isOf = ({ session }: StoredSession, message: MessageRecord): boolean =>
  message.sessionId !== undefined || isAbout(message, session);

/** The last key up to which all of some ranges were read; undefined where they were read to their ends. */
const endOf = (ranges: readonly BoundedRecords[]): string | undefined =>
  ranges.flatMap(({ records, isWhole }) => (isWhole ? [] : [records.at(-1)?.key ?? ''])).sort()[0];

/** Tells which messages of a session are late for its CDR: `counted` says what that is based on. */
function latenessOf(
  stored: StoredSession,
  counted: CountedReadings,
): (message: MessageRecord) => boolean {
  const isLate = lateness(stored, countedBy(counted));
  const { end } = counted;
  return (message) => (end !== undefined && message.key > end) || isLate(message);
}

/** Bytes of messages on a page: an answer of the API has 6 MB, and carries each message as received and as understood. */
const mostPageBytes = 1_000_000;

/**
 * Reads stored messages of a session from behind a key, by the charger's time: at most so many, and no more than 1 MB. The
 * page may be short of `limit`, and even empty, while there is more, and may have messages of other connectors of the EVSE (see isOf).
 */
export async function readReadingsPage(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings | undefined,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<SessionMessages> {
  const span = connectorSpan(stored);
  const pages = await Promise.all([
    readSessionPage(database, stored.session, after, limit),
    span === undefined ? nothing : readConnectorPage(database, span, after, limit),
  ]);
  // Behind the last message of a page that breaks off may be others that come before those of the other page.
  const end = endOf(pages);
  const found = pages
    .flatMap(({ records }) => records)
    .filter(({ key }) => end === undefined || key <= end)
    .sort(byKey);
  const length = Math.min(limit, countWithin(found, mostPageBytes));
  const isLate = latenessOf(stored, counted ?? {});
  return {
    messages: found.slice(0, length).map((message) => ({ ...message, late: isLate(message) })),
    isWhole: end === undefined && found.length <= length,
  };
}

/** How many of the first messages have no more than so many bytes; the first one counts whatever its size. */
function countWithin(messages: readonly MessageRecord[], mostBytes: number): number {
  let bytes = 0;
  const end = messages.findIndex(({ raw }, index) => {
    bytes += messageBytes(raw);
    return bytes > mostBytes && index > 0;
  });
  return end < 0 ? messages.length : end;
}
