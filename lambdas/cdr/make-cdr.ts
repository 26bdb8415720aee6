import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/cdr/canonical-json.ts';
import { sealCdr } from '../../core/cdr/seal-cdr.ts';
import { type CdrPlace, readChainHead, writeHeldCdr, writeSealedCdr } from '../store/cdrs.ts';
import type { Database } from '../store/client.ts';
import type { StoredSession } from '../store/session-item.ts';
import { readSession } from '../store/sessions.ts';
import { type CdrDraft, draftCdr } from './draft-cdr.ts';
import { redeemTokenCode } from './redeem-token-code.ts';
import { cdrKeyId, type SignDigest } from './sign-digest.ts';

/** What became of a session's CDR. */
export type CdrOutcome = 'sealed' | 'held' | 'unchanged' | 'not-ended';

/** How often session or chain may change under our hands before we give up. */
const mostAttempts = 8;

/**
 * Makes the CDR of a session, once: sealed at the end of its charger's chain, or held where an anomaly forbids to
 * bill. Starting again at any point, in two places at once or after a crash, ends the same.
 */
export async function makeCdr(
  database: Database,
  sign: SignDigest,
  sessionId: string,
): Promise<CdrOutcome> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readSession(database, sessionId, true);
    if (stored?.result?.cdrSequence !== undefined) return 'unchanged';
    if (stored?.session.state !== 'ended') return 'not-ended';
    const draft = await draftWithCode(database, stored);
    if (draft === 'changed') continue;
    const outcome =
      draft.result.cdrState === 'held'
        ? await hold(database, stored, draft)
        : await seal(database, sign, stored, draft);
    if (outcome !== 'again') return outcome;
  }
  throw new Error('Session or chain kept changing while the CDR was made');
}

/** The draft of a CDR, once the code that the session's token carried is redeemed or refused. */
async function draftWithCode(
  database: Database,
  stored: StoredSession,
): Promise<CdrDraft | 'changed'> {
  const draft = await draftCdr(database, stored);
  const code = await redeemTokenCode(database, stored, draft.content);
  if (code === 'none') return draft;
  return code === 'changed' ? code : await draftCdr(database, stored, { promoCode: code });
}

const placeOf = ({ session, chargerKey, shard }: StoredSession, draft: CdrDraft): CdrPlace => ({
  operatorId: session.operatorId,
  sessionId: session.sessionId,
  chargerKey,
  shard,
  endedAt: draft.content.endedAt,
  cdrId: draft.content.cdrId,
});

async function hold(
  database: Database,
  stored: StoredSession,
  draft: CdrDraft,
): Promise<'held' | 'unchanged' | 'again'> {
  const content = canonicalJson(draft.content);
  const hash = createHash('sha256').update(content, 'utf8').digest('hex');
  if (stored.heldHash === hash) return 'unchanged';
  const mark = { result: draft.result, heldHash: hash, version: stored.version };
  const written = await writeHeldCdr(database, placeOf(stored, draft), content, mark);
  return written === 'held' ? 'held' : 'again';
}

async function seal(
  database: Database,
  sign: SignDigest,
  stored: StoredSession,
  draft: CdrDraft,
): Promise<'sealed' | 'again'> {
  const head = await readChainHead(database, stored.chargerKey);
  const unsigned = sealCdr(draft.content, head, cdrKeyId());
  const signature = await sign(unsigned.hash);
  const written = await writeSealedCdr(
    database,
    placeOf(stored, draft),
    { content: canonicalJson(draft.content), seal: { ...signature, ...unsigned } },
    { ...draft.result, cdrSequence: unsigned.sequence },
    {
      version: stored.version,
      held: stored.heldHash !== undefined,
      isVoid: stored.decision?.kind === 'void',
      counted: draft.counted,
    },
  );
  return written === 'sealed' ? 'sealed' : 'again';
}
