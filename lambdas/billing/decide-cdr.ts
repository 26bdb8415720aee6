import { billedSession } from '../../core/cdr/compute/billed-session.ts';
import {
  type CdrChoice,
  type CdrDecision,
  type DecidedBy,
  sameDecision,
} from '../../core/cdr/compute/cdr-decision.ts';
import { sessionFacts } from '../../core/cdr/compute/session-facts.ts';
import type { CdrSessionFacts } from '../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { readCdrId } from '../../core/cdr/seal/cdr-id.ts';
import { logger } from '../runtime/logger.ts';
import { readHeldCdr } from '../store/cdrs/cdrs.ts';
import { writeDecision } from '../store/sessions/decisions.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { DecisionError } from './decision-errors.ts';
import { tariffOf } from './tariff-of.ts';

/** Who decides, for which operator. */
export type Decider = {
  readonly database: Database;
  readonly operatorId: string;
  readonly decidedBy: DecidedBy;
  /** ISO 8601 in UTC. */
  readonly now: string;
};

/** A decision that was taken, now or before, or why it cannot be: `CDR_NOT_FOUND` where no session of the operator has it in force. */
export type Decided =
  | { readonly kind: 'decided'; readonly stored: StoredSession; readonly decision: CdrDecision }
  | { readonly kind: 'refused'; readonly code: DecisionError };

const refused = (code: DecisionError): Decided => ({ kind: 'refused', code });

/** How often a session may change under our hands before we give up. */
const mostAttempts = 4;

/** The facts of a session as text, without the anomaly that is found only when all of its evidence is read for the CDR. */
const comparable = (facts: CdrSessionFacts): string =>
  canonicalJson({
    ...facts,
    anomalies: facts.anomalies.filter(({ code }) => code !== 'EVIDENCE_TOO_LARGE'),
  });

/** The obstacle to a decision; undefined if there is none. */
async function objectionTo(
  database: Database,
  { session, heldHash }: StoredSession,
  choice: CdrChoice,
): Promise<DecisionError | undefined> {
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
async function standingAnswer(
  database: Database,
  stored: StoredSession,
  choice: CdrChoice,
): Promise<Decided | undefined> {
  const { decision } = stored;
  if (decision !== undefined) {
    return sameDecision(decision, choice)
      ? { kind: 'decided', stored, decision }
      : refused('CDR_RESOLVED');
  }
  const objection = await objectionTo(database, stored, choice);
  return objection && refused(objection);
}

/**
 * Decides on a held CDR, once and for all: it is computed again by the decision and sealed. The same decision
 * again gets the same answer.
 */
export async function decideCdr(
  { database, operatorId, decidedBy, now }: Decider,
  cdrId: string,
  choice: CdrChoice,
): Promise<Decided> {
  const { sessionId } = readCdrId(cdrId) ?? { sessionId: '' };
  const decision: CdrDecision = { ...choice, decidedAt: now, decidedBy };
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readSession(database, sessionId, true);
    if (stored?.session.operatorId !== operatorId || stored.result?.cdrId !== cdrId) {
      return refused('CDR_NOT_FOUND');
    }
    const standing = await standingAnswer(database, stored, choice);
    if (standing !== undefined) return standing;
    const { version } = stored;
    if ((await writeDecision(database, { sessionId, version }, decision)) === 'written') {
      // Its reason is free text, and stays with the CDR.
      const { reason: _reason, ...logged } = decision;
      logger.info('CDR resolved', { cdrId, sessionId, operatorId, decision: logged });
      return { kind: 'decided', stored, decision };
    }
  }
  return refused('CDR_CHANGED');
}
