import { couldCount } from '../../core/cdr/evidence.ts';
import { isWholeEvse } from '../../core/charger/connector-ref.ts';
import type { CorrectionMessage } from '../billing/correction-message.ts';
import { correctionFor, lateReadings, mayBeNew } from '../billing/late-readings.ts';
import { mayPlace, placeNamedIn, placeSession } from '../billing/place-session.ts';
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
import { readStartAt } from '../store/sessions/transaction-starts.ts';
import type { Database } from '../store/table/client.ts';
import { evseReadingsPk } from '../store/table/keys/reading-keys.ts';

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

/** A session that messages are for; `isOwn` where it is certain, though others have the id of its transaction. */
type Target = { readonly sessionId: string; readonly isOwn?: boolean };

/** The id of the transaction that messages name is that of several sessions, and they may be of any of them. */
type Divided = { readonly kind: 'divided'; readonly of: string };

/** Messages for a session that has its CDR: late, or already known to that. */
async function comeToEnded(
  database: Database,
  { sessionId, isOwn = false }: Target,
  readings: readonly MessageRecord[],
  closed: ClosedRunningView | undefined,
): Promise<Folded | Divided> {
  if (closed !== undefined && !mayBeNew(readings, closed)) return unchanged;
  const stored = await readSession(database, sessionId, true);
  const part = stored?.session.part;
  if (part !== undefined && !isOwn) return { kind: 'divided', of: part.of };
  if (stored?.session.state !== 'ended') return { kind: 'no-session' };
  const correction = correctionFor(sessionId, lateReadings(readings, stored, closed));
  return correction === undefined ? unchanged : { kind: 'late', correction };
}

async function place(
  database: Database,
  sessionId: string,
  readings: readonly MessageRecord[],
): Promise<void> {
  const terms = await readSessionTerms(database, sessionId);
  if (terms === undefined) return;
  const named = placeNamedIn(terms.stored, readings);
  if (named !== undefined) await placeSession(database, terms.stored, named);
}

/** Folds messages into their session, whether it runs or not. */
async function foldInto(
  database: Database,
  target: Target,
  readings: readonly MessageRecord[],
  now: string,
): Promise<Folded | Divided> {
  if (readings.length === 0) return unchanged;
  const { sessionId, isOwn = false } = target;
  if (readings.some(mayPlace)) await place(database, sessionId, readings);
  const news = { ...(await reportOf(readings)), isOwn };
  const update = await updateRunningView(database, sessionId, news, now);
  switch (update.kind) {
    case 'written':
    case 'unchanged':
    case 'divided':
      return update;
    case 'no-session':
    case 'ending':
      return await comeToEnded(database, target, readings, undefined);
    case 'closed':
      return await comeToEnded(database, target, readings, update.closed);
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
  return certain(await comeToEnded(database, { sessionId, isOwn: true }, within, closed));
}

/** The outcome for messages that are certainly of their session. */
function certain(folded: Folded | Divided): Folded {
  return folded.kind === 'divided' ? unchanged : folded;
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
    return certain(await foldInto(database, { sessionId: openSessionId, isOwn: true }, own, now));
  }
  return stored === undefined ? { kind: 'no-session' } : await foldIntoEnded(database, stored, own);
}

/**
 * A stop is not a reading: the CDR is made from everything. One that is said again when the CDR was made may carry values
 * that the first one did not.
 */
async function foldStops(
  database: Database,
  target: Target,
  stops: readonly MessageRecord[],
): Promise<Folded | Divided> {
  if (stops.length === 0) return unchanged;
  const progress = await readProgress(database, target.sessionId, true);
  return progress?.kind === 'closed'
    ? await comeToEnded(database, target, stops, progress.closed)
    : unchanged;
}

const isStop = ({ kind }: MessageRecord): boolean => kind === 'stop';

// A review of the session covers all of it.
const worst = (outcomes: readonly Folded[]): Folded =>
  outcomes.find(({ kind }) => kind === 'late') ?? outcomes[0] ?? unchanged;

/** Folds messages of one transaction id into the sessions that they are of, each by its time. */
async function foldParts(
  database: Database,
  of: string,
  messages: readonly MessageRecord[],
  now: string,
): Promise<readonly Folded[]> {
  const groups = new Map<string, MessageRecord[]>();
  for (const message of messages) {
    const start = await readStartAt(database, of, message.at);
    if (start === undefined) continue;
    groups.set(start.sessionId, [...(groups.get(start.sessionId) ?? []), message]);
  }
  const outcomes: Folded[] = [];
  for (const [sessionId, own] of groups) {
    const target = { sessionId, isOwn: true };
    const readings = own.filter((one) => !isStop(one));
    outcomes.push(certain(await foldInto(database, target, readings, now)));
    outcomes.push(certain(await foldStops(database, target, own.filter(isStop))));
  }
  return outcomes;
}

/** Folds messages into the running view of their session, or finds that they came too late for it. */
export async function foldSpan(
  database: Database,
  span: Span,
  now: string,
): Promise<readonly Folded[]> {
  const [{ sessionId }] = span;
  if (sessionId === undefined) return [await foldConnector(database, span, now)];
  const [readings, stops] = [span.filter((one) => !isStop(one)), span.filter(isStop)];
  const folded = await foldInto(database, { sessionId }, readings, now);
  const ended = await foldStops(database, { sessionId }, stops);
  const whole = [folded, ended].flatMap((one) => (one.kind === 'divided' ? [] : [one]));
  const of = [folded, ended].find((one) => one.kind === 'divided');
  if (of === undefined) return [worst(whole)];
  const rest = [
    ...(folded.kind === 'divided' ? readings : []),
    ...(ended.kind === 'divided' ? stops : []),
  ];
  return [...whole, ...(await foldParts(database, of.of, rest, now))];
}
