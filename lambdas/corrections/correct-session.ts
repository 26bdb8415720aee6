import { keptTime } from '../../core/cdr/evidence.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import type { CorrectionMessage } from '../billing/correction-message.ts';
import { type DecodeMessage, decodeOnce } from '../billing/decode-once.ts';
import { isOwnMessage, readDividedReadings } from '../billing/divided-readings.ts';
import { lateReadings } from '../billing/late-readings.ts';
import type { SignDigest } from '../billing/sign-digest.ts';
import { signOnce } from '../billing/sign-once.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { letCount } from '../store/cdrs/corrections.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { readProgress } from '../store/sessions/running-view.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { carryOutOrder, type OrderedSession } from './carry-out-order.ts';
import {
  type Looked,
  noteFree,
  noteTooLarge,
  type ReviewHelpers,
  type ReviewOutcome,
  reviewSealed,
} from './review-sealed.ts';

/**
 * The outcome of the review of a session: `waits` for whoever asks because of readings that came later yet;
 * `counted`: its CDR is not sealed and is made again with them; `failed`: an operator's correction cannot be carried out; else see
 * reviewSealed.
 */
export type CorrectionOutcome = ReviewOutcome | 'waits' | 'counted' | 'failed' | 'unchanged';

/** How often session or chain may change under our hands before we give up. */
const mostAttempts = 8;

/** Longest wait for a charger that never stops sending to an ended session, in ms. */
const longestWait = 24 * 3_600_000;

/**
 * Looks again at a session for which readings came too late, and credits its CDR for another one where they change the
 * bill. Asked by each of them, in any order and any number of times, it does so once, when the last of them is there. What an operator
 * ordered of its CDR is carried out before.
 */
export async function correctSession(
  database: Database,
  sign: SignDigest,
  message: CorrectionMessage,
  decode?: DecodeMessage,
): Promise<CorrectionOutcome> {
  const signedOnce = signOnce(sign);
  let decodedOnce: DecodeMessage | undefined;
  for (let n = 0; n < mostAttempts; n += 1) {
    const standing = await stand(database, message.sessionId);
    if (standing === undefined || isCarriedOut(standing, message)) return 'unchanged';
    decodedOnce ??= decodeOnce(decode ?? (await loadDecoder([standing.stored.session.protocol])));
    const helpers = { sign: signedOnce, decode: decodedOnce };
    const outcome = isOrdered(standing)
      ? await carryOutOrder(database, helpers.sign, helpers.decode, standing)
      : await lookAndReview(database, helpers, standing, message);
    // Whoever asked because of readings has them reviewed after the order, by a look at what it left.
    const isDone = outcome !== 'again' && (!isOrdered(standing) || message.isOrdered === true);
    if (isDone) return outcome;
  }
  throw new ConcurrentUpdateError(
    'Session or chain kept changing while late readings were looked at',
  );
}

/** True if the sealed session's transaction has the id of another one: it may have been billed by what was said of that one. */
const isDivided = ({ stored, isSealed }: Found): boolean =>
  isSealed && stored.session.part !== undefined;

/** A session that has ended, and what was kept of its CDR. */
type Standing = Pick<Looked, 'stored' | 'closed'>;

/** True if an operator ordered a correction of a session that was not carried out. */
const isOrdered = (standing: Standing): standing is OrderedSession =>
  standing.stored.correction !== undefined;

/** True where what an operator ordered is done already: that is no reason to look at readings before the last of them is there. */
const isCarriedOut = (standing: Standing, message: CorrectionMessage): boolean =>
  message.isOrdered === true && !isOrdered(standing);

/** Reads a session; undefined for one that runs, is void, or waits for a decision to be sealed. */
async function stand(database: Database, sessionId: string): Promise<Standing | undefined> {
  const [stored, progress] = await Promise.all([
    readSession(database, sessionId, true),
    readProgress(database, sessionId, true),
  ]);
  if (stored?.session.state !== 'ended') return undefined;
  if (stored.decision !== undefined && stored.result?.cdrSequence === undefined) return undefined;
  return { stored, closed: progress?.kind === 'closed' ? progress.closed : undefined };
}

/** A session with all of its readings. */
type Found = Looked & {
  readonly isSealed: boolean;
  /** True for a sealed one that has more messages since than a CDR is made from. */
  readonly isTooLarge: boolean;
};

async function lookAndReview(
  database: Database,
  helpers: ReviewHelpers,
  standing: Standing,
  message: CorrectionMessage,
): Promise<CorrectionOutcome | 'again'> {
  const found = await look(database, standing);
  if (found === undefined) return 'unchanged';
  if (standing.stored.creditSequence === undefined) {
    return await reviewed(database, helpers, found, message);
  }
  return found.late.length === 0 ? 'unchanged' : await noteFree(database, found);
}

async function reviewed(
  database: Database,
  helpers: ReviewHelpers,
  found: Found,
  { until }: CorrectionMessage,
): Promise<CorrectionOutcome | 'again'> {
  if (found.isTooLarge) return await noteTooLarge(database, found);
  if (found.late.length === 0 && !isDivided(found)) return 'unchanged';
  if (isWaitedFor(found.late, until)) return 'waits';
  return found.isSealed
    ? await reviewSealed(database, helpers, found)
    : await countLate(database, found);
}

/** Reads all readings of a session; undefined for one that was decided although there were more of them than a CDR is made from. */
async function look(database: Database, { stored, closed }: Standing): Promise<Found | undefined> {
  const isSealed = stored.result?.cdrSequence !== undefined;
  const counted = isSealed ? closed?.counted : undefined;
  const { messages: all, isWhole } = await readDividedReadings(database, stored, counted);
  const own = all.filter((message) => isOwnMessage(stored, message));
  // A sealed CDR is not compared with one that would be made from a part of the messages.
  const isTooLarge = isSealed && !isWhole;
  if (isTooLarge && counted?.end !== undefined) return undefined;
  return { stored, closed, isSealed, isTooLarge, all, late: lateReadings(own, stored, closed) };
}

/** True if readings arrived after those that a message is about: their message reviews the session, all at once. */
function isWaitedFor(late: readonly MessageRecord[], until: string): boolean {
  // A connector's report that names no transaction does not certainly belong to its session, nor does a stop.
  const times = late
    .filter(({ sessionId, kind }) => sessionId !== undefined && kind !== 'stop')
    .map(keptTime)
    .sort();
  const [first = '', last = ''] = [times.at(0), times.at(-1)];
  return last > until && Date.parse(last) - Date.parse(first) < longestWait;
}

async function countLate(
  database: Database,
  { stored, late }: Looked,
): Promise<'counted' | 'again'> {
  const times = [...late.map(keptTime), stored.lateUntil ?? ''].sort();
  const written = await letCount(database, stored, times.at(-1) ?? '');
  return written === 'written' ? 'counted' : 'again';
}
