import type { ConnectorState, MeterReading } from '../../core/metering/model/reading.ts';
import {
  decodeCurrents,
  encodeCurrents,
  followCurrents,
} from '../../core/monitoring/current-watch.ts';
import {
  accumulate,
  noRunningReadings,
  type RunningReadings,
} from '../../core/session/accumulate.ts';
import { decodeRunning, encodeRunning } from '../../core/session/encode-running.ts';
import { meteredOf } from '../../core/session/finish.ts';
import { asShown } from '../../core/session/shown-energy.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { applyPromoCode } from '../../core/tariff/promo-code/apply-promo-code.ts';
import type { RedeemedPromoCode } from '../../core/tariff/promo-code/promo-code.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { readEvidence } from '../store/readings/evidence.ts';
import type { ClosedRunningView } from '../store/sessions/closed-running-view.ts';
import {
  type RunningView,
  type RunningViewState,
  readProgress,
  writeRunningView,
} from '../store/sessions/running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { followProgress, lastProgress } from './last-progress.ts';
import { reportOf } from './report-of.ts';
import { readSessionTerms, type SessionTerms } from './session-terms.ts';

/** The news about a session; `isOwn` where it is certain that they are of it, though others have the id of its transaction. */
export type News = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
  readonly isOwn?: boolean;
};

/**
 * The outcome for the running view; `closed`: the CDR was made. `ending`: it is as it was, and the CDR
 * may be made at this moment, by what was there before.
 */
export type RunningViewUpdate =
  | {
      readonly kind: 'written';
      /** The session whose charger should hear what it costs now: no answer to one of its messages says it. */
      readonly untold?: StoredSession;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'no-session' }
  | { readonly kind: 'ending' }
  | { readonly kind: 'closed'; readonly closed: ClosedRunningView }
  /** The id of its transaction is that of several, and the news may be of any of them. */
  | { readonly kind: 'divided'; readonly of: string };

const mostAttempts = 4;

/**
 * Folds news into the running view of a session: energy, power and cost so far. A session that nobody wrote a view of
 * yet gets it from everything that was kept. Repeated and reordered news give the same view.
 */
export async function updateRunningView(
  database: Database,
  sessionId: string,
  news: News,
  now: string,
): Promise<RunningViewUpdate> {
  let standing = await lastProgress(database, sessionId);
  for (let n = 0; n < mostAttempts; n += 1) {
    if (standing?.kind === 'closed') return standing;
    const terms = await termsFor(database, sessionId, news);
    if ('kind' in terms) return terms;
    // The first reading brings the states before it along: alone they show nothing.
    if (standing === undefined && news.readings.length === 0) return { kind: 'unchanged' };
    const live = standing?.live;
    const folded = await fold(database, terms, live, news);
    const next = liveOf(terms, folded.running, live, now);
    if (next.running === live?.running) return await stillRuns(database, sessionId);
    const write = await followProgress(database, next);
    if (write.kind === 'written') return { ...write, ...untoldCost(terms, live, next, folded) };
    standing = write.progress;
  }
  throw new ConcurrentUpdateError('The running view kept changing while readings were folded in');
}

/** The terms of the session that news are of, or why they are of none, or not certainly. */
async function termsFor(
  database: Database,
  sessionId: string,
  { isOwn = false }: News,
): Promise<SessionTerms | Extract<RunningViewUpdate, { readonly kind: 'no-session' | 'divided' }>> {
  const terms = await readSessionTerms(database, sessionId);
  if (terms === undefined) return { kind: 'no-session' };
  const { part } = terms.stored.session;
  return part === undefined || isOwn ? terms : { kind: 'divided', of: part.of };
}

/** The answers to numbered messages say the cost (OCPP 2.0.1 TransactionEventResponse); whatever else brought values has none. */
const untoldCost = (
  { stored }: SessionTerms,
  before: RunningView | undefined,
  { cost }: RunningView,
  { readings }: FoldedReadings,
): { readonly untold?: StoredSession } =>
  stored.session.showsRunningCost === undefined ||
  cost?.inclVat === before?.cost?.inclVat ||
  readings.every(({ seqNo }) => seqNo !== undefined)
    ? {}
    : { untold: stored };

const noNews: News = { readings: [], states: [] };

/**
 * Takes what a promo code gives off the running cost, from now on: whoever folds news in finds it there. A session that
 * is over shows it on its CDR.
 */
export async function showPromoCode(
  database: Database,
  sessionId: string,
  promoCode: RedeemedPromoCode,
  now: string,
): Promise<void> {
  let standing = await readProgress(database, sessionId, true);
  for (let n = 0; n < mostAttempts; n += 1) {
    if (standing?.kind === 'closed' || standing?.live.promoCode !== undefined) return;
    const terms = await readSessionTerms(database, sessionId);
    if (terms === undefined) return;
    const live = standing?.live;
    const { running } = await fold(database, terms, live, noNews);
    const write = await writeRunningView(database, liveOf(terms, running, live, now, promoCode));
    if (write.kind === 'written') return;
    standing = write.progress;
  }
  throw new ConcurrentUpdateError(
    'The running view kept changing while a promo code was shown in it',
  );
}

/**
 * Nothing is to be written to a running view, unless it is over by now. While its session has no stop, nobody has begun
 * to make the CDR: the next one finds the news. After that no write informs the writer.
 */
async function stillRuns(database: Database, sessionId: string): Promise<RunningViewUpdate> {
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.stop === undefined) return { kind: 'unchanged' };
  const progress: RunningViewState | undefined = await readProgress(database, sessionId, true);
  return progress?.kind === 'closed' ? progress : { kind: 'ending' };
}

/** The readings so far, and those of them that were added: of a session without a view all that were kept. */
type FoldedReadings = {
  readonly running: RunningReadings;
  readonly readings: readonly MeterReading[];
};

async function fold(
  database: Database,
  { stored }: SessionTerms,
  standing: RunningView | undefined,
  news: News,
): Promise<FoldedReadings> {
  const { timeZone } = stored.session;
  const before = standing && decodeRunning(standing.running);
  const { readings, states } =
    before === undefined ? await reportOf(await readEvidence(database, stored)) : news;
  const running = accumulate(before ?? noRunningReadings, readings, states, timeZone);
  return { running, readings };
}

function liveOf(
  { stored, tariff, promo }: SessionTerms,
  running: RunningReadings,
  standing: RunningView | undefined,
  updatedAt: string,
  promoCode: RedeemedPromoCode | undefined = standing?.promoCode,
): RunningView {
  const { session } = stored;
  const metered = asShown(meteredOf(session, running), standing?.energy ?? 0n);
  const price = tariff && priceSession(tariff, metered, session.timeZone);
  const discount = promoCode ?? promo;
  const cost = (price && discount && applyPromoCode(price, discount)) ?? price;
  const before = standing?.currents;
  const currents = followCurrents(
    before === undefined ? undefined : decodeCurrents(before),
    running.points,
  );
  return {
    sessionId: session.sessionId,
    running: encodeRunning(running),
    ...(currents === undefined ? {} : { currents: encodeCurrents(currents) }),
    energy: metered.energy,
    updatedAt,
    version: (standing?.version ?? 0) + 1,
    ...(metered.power === undefined ? {} : { power: metered.power }),
    ...(metered.stateOfCharge === undefined ? {} : { stateOfCharge: metered.stateOfCharge }),
    ...(cost === undefined ? {} : { cost: cost.total }),
    ...(promoCode === undefined ? {} : { promoCode }),
  };
}
