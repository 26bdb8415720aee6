import { billedSession } from '../../../core/cdr/compute/billed-session.ts';
import {
  type CdrChoice,
  type CdrDecision,
  sameDecision,
} from '../../../core/cdr/compute/cdr-decision.ts';
import { sessionFacts } from '../../../core/cdr/compute/session-facts.ts';
import type { CdrSessionFacts } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { tariffOf } from '../../billing/tariff-of.ts';
import { done, refused } from '../../http/answer.ts';
import { logger } from '../../runtime/logger.ts';
import { readHeldCdr } from '../../store/cdrs/cdrs.ts';
import { writeDecision } from '../../store/sessions/decisions.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Caller } from '../api-route.ts';
import { findCdr } from './cdr-of.ts';

/** How often a session may change under our hands before we give up. */
const mostAttempts = 4;

const answerOf = (stored: StoredSession, decision: CdrDecision) => {
  const { kind, ...rest } = decision;
  const { sessionId } = stored.session;
  return done({ cdrId: stored.result?.cdrId, sessionId, decision: kind, ...rest });
};

/** The facts of a session as text, without the anomaly that is found only when all of its evidence is read for the CDR. */
const comparable = (facts: CdrSessionFacts): string =>
  canonicalJson({
    ...facts,
    anomalies: facts.anomalies.filter(({ code }) => code !== 'EVIDENCE_TOO_LARGE'),
  });

/** The obstacle to a decision; undefined if there is none. */
async function objectionTo(
  { database }: Caller,
  { session, heldHash }: StoredSession,
  choice: CdrChoice,
) {
  if (heldHash === undefined) return 'CDR_NOT_HELD';
  const held = await readHeldCdr(database, session.sessionId);
  const facts = comparable(sessionFacts(billedSession(session)));
  // The CDR is being regenerated: nobody has seen yet what would be decided on.
  if (held === undefined || comparable(held.evidence.session) !== facts) return 'CDR_CHANGED';
  if (choice.kind === 'void') return undefined;
  if (choice.tariffId !== undefined && session.tariffId !== undefined) return 'CDR_HAS_TARIFF';
  if ((await tariffOf(database, session, choice)) !== undefined) return undefined;
  return choice.tariffId === undefined ? 'CDR_NEEDS_TARIFF' : 'TARIFF_NOT_FOUND';
}

/** The answer to a decision, where it needs none of ours any more: it was taken before, or cannot be taken. */
async function standingAnswer(caller: Caller, stored: StoredSession, choice: CdrChoice) {
  const { decision } = stored;
  if (decision !== undefined) {
    return sameDecision(decision, choice) ? answerOf(stored, decision) : refused('CDR_RESOLVED');
  }
  const objection = await objectionTo(caller, stored, choice);
  return objection && refused(objection);
}

/**
 * Decides on a held CDR, once and for all: it is computed again by the decision and sealed. The same decision
 * again gets the same answer.
 */
export async function resolveCdr(caller: Caller, cdrId: string, choice: CdrChoice) {
  const { database, operatorId, apiKeyId, apiKeyName, now } = caller;
  const { sessionId } = readCdrId(cdrId) ?? { sessionId: '' };
  const decidedBy = { apiKeyId, name: apiKeyName };
  const decision: CdrDecision = { ...choice, decidedAt: now, decidedBy };
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readSession(database, sessionId, true);
    if (stored?.session.operatorId !== operatorId || stored.result?.cdrId !== cdrId) {
      // A credit, or one that was credited, is sealed.
      const other = await findCdr(caller, cdrId);
      return refused(other === undefined ? 'CDR_NOT_FOUND' : 'CDR_NOT_HELD');
    }
    const standing = await standingAnswer(caller, stored, choice);
    if (standing !== undefined) return standing;
    const { version } = stored;
    if ((await writeDecision(database, { sessionId, version }, decision)) === 'written') {
      logger.info('CDR resolved', { cdrId, sessionId, operatorId, decision });
      return answerOf(stored, decision);
    }
  }
  return refused('CDR_CHANGED');
}
