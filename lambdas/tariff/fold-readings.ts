import { couldCount } from '../../core/cdr/evidence.ts';
import { isWholeEvse } from '../../core/charger/connector-ref.ts';
import { mayStartWithoutPlace } from '../../core/ocpp/protocol.ts';
import type { CorrectionMessage } from '../billing/correction-message.ts';
import { correctionFor, lateReadings, mayBeNew } from '../billing/late-readings.ts';
import { reportOf } from '../billing/report-of.ts';
import { readSessionTerms } from '../billing/session-terms.ts';
import { updateRunningView } from '../billing/update-running-view.ts';
import {
  type Connector,
  connectorFrom,
  readChargerItems,
  readConnector,
} from '../store/chargers/connectors.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import type { ClosedRunningView } from '../store/sessions/closed-running-view.ts';
import { readProgress } from '../store/sessions/running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { evseReadingsPk } from '../store/table/keys/reading-keys.ts';
import { placeSession } from './place-session.ts';

/** Messages that follow each other and belong to one session or one connector. */
export type Span = readonly [MessageRecord, ...MessageRecord[]];

/** The outcome for messages: added to the running view or not, or too late for their session, which must be reviewed. */
export type Folded =
  | { readonly kind: 'unchanged' | 'no-session' }
  | {
      readonly kind: 'written';
      /** The session whose charger should hear what it costs now: no answer to one of its messages says it. */
      readonly untold?: StoredSession;
    }
  | { readonly kind: 'late'; readonly correction: CorrectionMessage };

const unchanged: Folded = { kind: 'unchanged' };

const partitionOf = (reading: MessageRecord): string =>
  reading.sessionId ??
  `${evseReadingsPk(reading.chargerKey, reading.evseId)}#${reading.connectorId}`;

/** Groups messages by their session or connector, in the order of the first message of each group. */
export function spansOf(readings: readonly MessageRecord[]): readonly Span[] {
  const spans = new Map<string, [MessageRecord, ...MessageRecord[]]>();
  for (const reading of readings) {
    const span = spans.get(partitionOf(reading));
    if (span === undefined) spans.set(partitionOf(reading), [reading]);
    else span.push(reading);
  }
  return [...spans.values()];
}

/** Messages for a session that has its CDR: late, or already known to that. */
async function comeToEnded(
  database: Database,
  sessionId: string,
  readings: readonly MessageRecord[],
  closed: ClosedRunningView | undefined,
): Promise<Folded> {
  if (closed !== undefined && !mayBeNew(readings, closed)) return unchanged;
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.state !== 'ended') return { kind: 'no-session' };
  const correction = correctionFor(sessionId, lateReadings(readings, stored, closed));
  return correction === undefined ? unchanged : { kind: 'late', correction };
}

const mayPlace = ({ protocol, evseId }: MessageRecord): boolean =>
  protocol !== 'push' && mayStartWithoutPlace(protocol) && evseId > 0;

async function place(
  database: Database,
  sessionId: string,
  readings: readonly MessageRecord[],
): Promise<void> {
  const terms = await readSessionTerms(database, sessionId);
  if (terms !== undefined) await placeSession(database, terms.stored, readings);
}

/** Folds messages into their session, whether it runs or not. */
async function foldInto(
  database: Database,
  sessionId: string,
  readings: readonly MessageRecord[],
  now: string,
): Promise<Folded> {
  if (readings.length === 0) return unchanged;
  if (readings.some(mayPlace)) await place(database, sessionId, readings);
  const update = await updateRunningView(database, sessionId, await reportOf(readings), now);
  switch (update.kind) {
    case 'written':
    case 'unchanged':
      return update;
    case 'no-session':
    case 'ending':
      return await comeToEnded(database, sessionId, readings, undefined);
    case 'closed':
      return await comeToEnded(database, sessionId, readings, update.closed);
    default:
      return update satisfies never;
  }
}

/** Reports of a connector about its last session after that had ended. */
async function foldIntoEnded(
  database: Database,
  stored: StoredSession,
  readings: readonly MessageRecord[],
): Promise<Folded> {
  const within = readings.filter((reading) => couldCount(reading, stored));
  if (within.length === 0) return unchanged;
  const { sessionId } = stored.session;
  const progress = await readProgress(database, sessionId);
  const closed = progress?.kind === 'closed' ? progress.closed : undefined;
  return await comeToEnded(database, sessionId, within, closed);
}

/** The connector that a message is about; of a whole EVSE the one on which a session began last, since it charges one vehicle at a time. */
async function connectorOf(
  database: Database,
  message: MessageRecord,
): Promise<Connector | undefined> {
  const { chargerKey, evseId, at } = message;
  if (!isWholeEvse(message)) return await readConnector(database, chargerKey, message);
  const { connectors } = await readChargerItems(database, chargerKey);
  return connectors
    .map(connectorFrom)
    .filter(({ openSessionStartedAt = '~' }) => openSessionStartedAt <= at)
    .filter((one) => one.evseId === evseId)
    .sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1))[0];
}

const startOf = ({ openSessionStartedAt = '' }: Connector): string => openSessionStartedAt;

/** Folds what a connector reported without naming a transaction into the session that began on it last. */
async function foldConnector(database: Database, span: Span, now: string): Promise<Folded> {
  const [first] = span;
  const connector = await connectorOf(database, first);
  const { openSessionId, openSessionStartedAt = '' } = connector ?? {};
  const own = span.filter(({ at }) => at >= openSessionStartedAt);
  if (openSessionId === undefined || own.length === 0) return { kind: 'no-session' };
  const stored = await readSession(database, openSessionId);
  // The connector points at its last session until the next one begins.
  if (stored?.session.state === 'active') {
    return await foldInto(database, openSessionId, own, now);
  }
  return stored === undefined ? { kind: 'no-session' } : await foldIntoEnded(database, stored, own);
}

/**
 * A stop is not a reading: the CDR is made from everything. One that is said again when the CDR was made may carry values
 * that the first one did not.
 */
async function foldStops(
  database: Database,
  sessionId: string,
  stops: readonly MessageRecord[],
): Promise<Folded> {
  if (stops.length === 0) return unchanged;
  const progress = await readProgress(database, sessionId, true);
  return progress?.kind === 'closed'
    ? await comeToEnded(database, sessionId, stops, progress.closed)
    : unchanged;
}

/** Folds messages into the running view of their session, or finds that they came too late for it. */
export async function foldSpan(database: Database, span: Span, now: string): Promise<Folded> {
  const [{ sessionId }] = span;
  if (sessionId === undefined) return await foldConnector(database, span, now);
  const isStop = ({ kind }: MessageRecord): boolean => kind === 'stop';
  const readings = span.filter((one) => !isStop(one));
  const folded = await foldInto(database, sessionId, readings, now);
  const ended = await foldStops(database, sessionId, span.filter(isStop));
  // A review of the session covers all of it.
  return [folded, ended].find(({ kind }) => kind === 'late') ?? folded;
}
