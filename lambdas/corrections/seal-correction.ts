import { voidPrice } from '../../core/cdr/compute/apply-decision.ts';
import type { ComputedCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import type { Cdr, CdrContent } from '../../core/cdr/model/cdr.ts';
import { sealContent } from '../billing/seal-content.ts';
import { sessionResult } from '../billing/session-result.ts';
import type { SignDigest } from '../billing/sign-digest.ts';
import { readChainHead, readSealedCdr } from '../store/cdrs/cdrs.ts';
import { writeCorrection } from '../store/cdrs/corrections.ts';
import type { ClosedRunningView, CountedReadings } from '../store/sessions/closed-running-view.ts';
import type { LateNote, SessionResult, StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { placeOfCdr } from './place-of-cdr.ts';

/** The credit of a sealed CDR, and the CDR that replaces it, where one does. */
export type ComputedCorrection = {
  readonly original: Cdr;
  readonly credit: CdrContent;
  readonly correction?: ComputedCdr;
};

/** All that a correction leaves beside the CDRs: the note on its session, and which readings count from now on. */
export type CorrectionMarks = {
  readonly note: LateNote;
  /** The readings that the original is based on. */
  readonly counted: CountedReadings;
  readonly closed: ClosedRunningView;
};

/** Reads the CDR in force of a sealed session, with every write that has been answered. */
export async function sealedCdrOf(database: Database, stored: StoredSession): Promise<Cdr> {
  const sequence = stored.result?.cdrSequence ?? 0;
  const cdr = await readSealedCdr(database, stored.chargerKey, sequence, true);
  if (cdr === undefined) throw new Error('A sealed CDR is not at its place in the chain');
  return cdr;
}

/** A session for which nothing is billed keeps what was found of it, and costs nothing. */
function freeResult({ result }: StoredSession, { tariff }: CdrContent): SessionResult {
  if (result === undefined) throw new Error('A sealed session has a result');
  return { ...result, cost: voidPrice(tariff ?? undefined).total };
}

/**
 * Seals a credit, and the CDR that replaces what it credits, at the end of the charger's chain; `again` where session or chain are not what
 * they were when they were read.
 */
export async function sealCorrection(
  database: Database,
  sign: SignDigest,
  stored: StoredSession,
  { original, credit, correction }: ComputedCorrection,
  marks: CorrectionMarks,
): Promise<'corrected' | 'again'> {
  const head = await readChainHead(database, stored.chargerKey);
  const sealedCredit = await sealContent(sign, credit, head);
  const replaced = {
    original: { place: placeOfCdr(stored, original), sequence: original.seal?.sequence ?? 0 },
    credit: { place: placeOfCdr(stored, credit), cdr: sealedCredit },
    ...marks,
  };
  if (correction === undefined) {
    const result = freeResult(stored, original);
    const written = await writeCorrection(database, stored, { ...replaced, result });
    return written === 'corrected' ? written : 'again';
  }
  const { content } = correction;
  const cdr = await sealContent(sign, content, sealedCredit.seal);
  const written = await writeCorrection(database, stored, {
    ...replaced,
    correction: { place: placeOfCdr(stored, content), cdr },
    result: { ...sessionResult(correction, stored.session), cdrSequence: cdr.seal.sequence },
  });
  return written === 'corrected' ? written : 'again';
}
