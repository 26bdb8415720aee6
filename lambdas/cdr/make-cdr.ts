import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import type { AskForCorrection, WaitForMessages } from '../billing/correction-message.ts';
import { type DecodeMessage, decodeOnce } from '../billing/decode-once.ts';
import { placeSession } from '../billing/place-session.ts';
import { sealContent } from '../billing/seal-content.ts';
import type { SignDigest } from '../billing/sign-digest.ts';
import { signOnce } from '../billing/sign-once.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { sha256 } from '../runtime/sha256.ts';
import type { CdrPlace } from '../store/cdrs/cdr-item.ts';
import { readChainHead, writeHeldCdr, writeSealedCdr } from '../store/cdrs/cdrs.ts';
import { versionOf } from '../store/sessions/running-view.ts';
import { readSessionAndProgress } from '../store/sessions/session-and-progress.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { type CdrDraft, type DraftHelpers, draftCdr } from './draft-cdr.ts';
import type { CountWaiting } from './read-previous.ts';
import { redeemTokenCode } from './redeem-token-code.ts';
import { reviewDivided } from './review-divided.ts';
import { waitForMissing } from './wait-for-missing.ts';

/** The outcome for a session's CDR. */
export type CdrOutcome = 'sealed' | 'held' | 'waits' | 'unchanged' | 'not-ended';

/** How often session or chain may change under our hands before we give up. */
const mostAttempts = 8;

/** A session that has ended, and the version of its running view, both as they were before its readings were read. */
type Ended = { readonly stored: StoredSession; readonly progressVersion: number };

/**
 * Services that a CDR needs besides the tables: decoding messages, signing, requesting a review of late readings, counting
 * the messages of chargers that wait to be processed, and looking again at a session whose messages are missing.
 */
export type CdrHelpers = {
  readonly decode?: DecodeMessage;
  readonly sign: SignDigest;
  readonly askForCorrection: AskForCorrection;
  readonly countWaiting: CountWaiting;
  readonly waitForMessages: WaitForMessages;
};

/**
 * Makes the CDR of a session, once: sealed at the end of its charger's chain, or held where an anomaly forbids to
 * bill. One of which messages are missing waits for them first, as long as its operator wants. Starting again at any point, in two places at once or after a crash, ends the same.
 * `previousSessionId` is the session that it seems to follow: then both are read at once.
 */
export async function makeCdr(
  database: Database,
  { sign, askForCorrection, countWaiting, waitForMessages, decode }: CdrHelpers,
  sessionId: string,
  previousSessionId?: string,
): Promise<CdrOutcome> {
  const helpers = { sign: signOnce(sign), askForCorrection, waitForMessages };
  let decodedOnce: DecodeMessage | undefined;
  for (let n = 0; n < mostAttempts; n += 1) {
    // Before the readings: none can be folded into the running view after this and go unnoticed.
    const { stored, progress, previous } = await readSessionAndProgress(
      database,
      sessionId,
      previousSessionId,
    );
    if (stored?.result?.cdrSequence !== undefined) {
      await askForOrdered(stored, askForCorrection);
      await reviewDivided(database, stored, progress, askForCorrection);
      return 'unchanged';
    }
    if (stored?.session.state !== 'ended') return 'not-ended';
    decodedOnce ??= decodeOnce(decode ?? (await loadDecoder([stored.session.protocol])));
    const given = { decode: decodedOnce, countWaiting, previous };
    const draft = await draftWithCode(database, stored, given);
    if (draft === 'changed') continue;
    const ended: Ended = { stored, progressVersion: versionOf(progress) };
    const outcome = await keep(database, helpers, ended, draft);
    if (outcome !== 'again') return outcome;
  }
  throw new ConcurrentUpdateError('Session or chain kept changing while the CDR was made');
}

/** Has the correction of its sealed CDR carried out that an operator ordered of a session. */
async function askForOrdered(
  { session: { sessionId }, correction }: StoredSession,
  askForCorrection: AskForCorrection,
): Promise<void> {
  if (correction === undefined) return;
  await askForCorrection({ sessionId, until: correction.decidedAt, isOrdered: true });
}

/** Keeps a CDR, sealed or held, unless it waits for messages. Who is to look again at the session is asked first: nothing of it may be lost. */
async function keep(
  database: Database,
  { sign, askForCorrection, waitForMessages }: Omit<CdrHelpers, 'countWaiting' | 'decode'>,
  ended: Ended,
  draft: CdrDraft,
): Promise<CdrOutcome | 'again'> {
  const waits = await waitForMissing(database, ended.stored, draft, waitForMessages);
  if (waits !== 'is-over') return waits;
  if (draft.correction !== undefined) await askForCorrection(draft.correction);
  return draft.result.cdrState === 'held'
    ? await hold(database, ended, draft)
    : await seal(database, sign, ended, draft);
}

/** The draft of a CDR, once its session has the place that its messages name, and the code that its token carried is redeemed or refused. */
async function draftWithCode(
  database: Database,
  stored: StoredSession,
  helpers: DraftHelpers,
): Promise<CdrDraft | 'changed'> {
  const draft = await draftCdr(database, stored, helpers);
  if (draft.place !== undefined) {
    // The function that reads messages as they come may be behind, and would give it the place when it is billed.
    await placeSession(database, stored, draft.place);
    return 'changed';
  }
  const code = await redeemTokenCode(database, stored, draft.content);
  if (code === 'none') return draft;
  return code === 'changed' ? code : await draftCdr(database, stored, helpers, { promoCode: code });
}

const cdrPlaceOf = (
  { session, chargerKey, shard, locationId }: StoredSession,
  draft: CdrDraft,
): CdrPlace => ({
  operatorId: session.operatorId,
  sessionId: session.sessionId,
  chargerKey,
  shard,
  locationId,
  accountId: session.start?.accountId,
  endedAt: draft.content.endedAt,
  cdrId: draft.content.cdrId,
});

const readSessionOf = ({ stored, progressVersion }: Ended, { counted }: CdrDraft) => ({
  version: stored.version,
  closed: { version: progressVersion, counted },
});

async function hold(
  database: Database,
  ended: Ended,
  draft: CdrDraft,
): Promise<'held' | 'unchanged' | 'again'> {
  const content = canonicalJson(draft.content);
  const hash = sha256(content);
  if (ended.stored.heldHash === hash) return 'unchanged';
  const mark = { result: draft.result, heldHash: hash, ...readSessionOf(ended, draft) };
  const written = await writeHeldCdr(database, cdrPlaceOf(ended.stored, draft), content, mark);
  return written === 'held' ? 'held' : 'again';
}

async function seal(
  database: Database,
  sign: SignDigest,
  ended: Ended,
  draft: CdrDraft,
): Promise<'sealed' | 'again'> {
  const { stored } = ended;
  const head = await readChainHead(database, stored.chargerKey);
  const sealed = await sealContent(sign, draft.content, head);
  const written = await writeSealedCdr(
    database,
    cdrPlaceOf(stored, draft),
    sealed,
    { ...draft.result, cdrSequence: sealed.seal.sequence },
    {
      ...readSessionOf(ended, draft),
      held: stored.heldHash !== undefined,
      isVoid: stored.decision?.kind === 'void',
    },
  );
  return written === 'sealed' ? 'sealed' : 'again';
}
