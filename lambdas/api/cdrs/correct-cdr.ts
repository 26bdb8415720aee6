import {
  type CdrCorrection,
  type CorrectionChoice,
  sameCorrection,
} from '../../../core/cdr/compute/cdr-correction.ts';
import { creditIdOf, numberedCdrId, readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { operatorCorrection } from '../../billing/operator-correction.ts';
import { type Answer, type Detail, done, type Refused, refused } from '../../http/answer.ts';
import { logger } from '../../runtime/logger.ts';
import { readSealedCdr } from '../../store/cdrs/cdrs.ts';
import { writeOrderedCorrection } from '../../store/sessions/ordered-corrections.ts';
import { readCounted } from '../../store/sessions/running-view.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Caller } from '../api-route.ts';
import type { ApiErrorCode } from '../errors.ts';
import { chainPlaceOf, isInForce, type Named } from './cdr-of.ts';

/** How often a session may change under our hands before we give up. */
const mostAttempts = 4;

type Objection = Refused<ApiErrorCode>;

/** The session of a CDR as every write has left it. */
async function namedBy(
  { database, operatorId }: Caller,
  cdrId: string,
): Promise<Named | undefined> {
  const parts = readCdrId(cdrId);
  const stored = parts && (await readSession(database, parts.sessionId, true));
  return parts && stored?.session.operatorId === operatorId ? { ...parts, stored } : undefined;
}

/** The correction that a CDR was credited by, or is to be: undefined where none was ordered. */
async function standingCorrection(
  { database }: Caller,
  named: Named,
): Promise<CdrCorrection | undefined> {
  const { stored } = named;
  const place = chainPlaceOf({ ...named, isCredit: true });
  if (place === undefined) return isInForce(named) ? stored.correction : undefined;
  return (await readSealedCdr(database, stored.chargerKey, place, true))?.correction;
}

/** The answer where nothing is to be ordered any more: the same correction was ordered before, or this CDR cannot be corrected. */
async function standingAnswer(
  caller: Caller,
  named: Named,
  choice: CorrectionChoice,
): Promise<CdrCorrection | Objection | undefined> {
  const { stored, isCredit } = named;
  if (chainPlaceOf(named) === undefined) {
    const isHeld = !isCredit && isInForce(named) && stored.heldHash !== undefined;
    return refused(isHeld ? 'CDR_HELD' : 'CDR_NOT_FOUND');
  }
  if (isCredit) return refused('CDR_NOT_IN_FORCE');
  const before = await standingCorrection(caller, named);
  if (before !== undefined) {
    return sameCorrection(before, choice) ? before : refused('CDR_CORRECTED_OTHERWISE');
  }
  return isInForce(named) ? undefined : refused('CDR_NOT_IN_FORCE');
}

/** Why a correction cannot be carried out; undefined where it can. All of it is computed for that, and nothing kept. */
async function objectionTo(
  { database }: Caller,
  { stored }: Named,
  correction: CdrCorrection,
): Promise<Objection | undefined> {
  const sequence = stored.result?.cdrSequence ?? 0;
  const [original, counted, decoder] = await Promise.all([
    readSealedCdr(database, stored.chargerKey, sequence, true),
    readCounted(database, stored),
    loadDecoder([stored.session.protocol]),
  ]);
  if (original === undefined) return refused('CDR_CHANGED');
  const { state: _state, seal: _seal, creditedBy: _since, ...content } = original;
  const outcome = await operatorCorrection(
    database,
    { stored, content, counted },
    correction,
    decoder,
  );
  if (outcome.kind === 'corrected') return undefined;
  return refused(outcome.code, 'anomalies' in outcome ? detailsOf(outcome.anomalies) : []);
}

const detailsOf = (
  anomalies: readonly { readonly code: string; readonly message: string }[] = [],
): readonly Detail[] => anomalies.map(({ code, message }) => ({ path: 'cdr', code, message }));

const correctionView = (cdrId: string, { sessionId, number }: Named, correction: CdrCorrection) => {
  const { kind, reason, decidedAt, decidedBy } = correction;
  const isFree = kind === 'credit';
  return {
    cdrId,
    sessionId,
    reason,
    ...(isFree
      ? { credit: true as const }
      : { tariffId: correction.tariffId, tariffVersion: correction.tariffVersion }),
    creditCdrId: creditIdOf(cdrId),
    newCdrId: isFree ? null : numberedCdrId(sessionId, number + 1),
    decidedAt,
    decidedBy,
  };
};

/**
 * Orders the correction of a sealed CDR, once and for all: it is credited, and replaced where another tariff was named. The same correction
 * again gets the same answer, also when it was carried out.
 */
export async function correctCdr(
  caller: Caller,
  cdrId: string,
  choice: CorrectionChoice,
): Promise<Answer<ApiErrorCode, ReturnType<typeof correctionView>>> {
  const { database, operatorId, apiKeyId, apiKeyName, now } = caller;
  const decidedBy = { apiKeyId, name: apiKeyName };
  const correction: CdrCorrection = { ...choice, decidedAt: now, decidedBy };
  for (let n = 0; n < mostAttempts; n += 1) {
    const named = await namedBy(caller, cdrId);
    if (named === undefined) return refused('CDR_NOT_FOUND');
    const standing = await standingAnswer(caller, named, choice);
    if (standing !== undefined) {
      return 'code' in standing ? standing : done(correctionView(cdrId, named, standing));
    }
    const objection = await objectionTo(caller, named, correction);
    if (objection !== undefined) return objection;
    if ((await writeOrderedCorrection(database, named.stored, correction)) === 'written') {
      // Its reason is free text, and stays with the CDR.
      const { reason: _reason, ...logged } = correction;
      const { sessionId } = named;
      logger.info('CDR correction ordered', { cdrId, sessionId, operatorId, correction: logged });
      return done(correctionView(cdrId, named, correction));
    }
  }
  return refused('CDR_CHANGED');
}
