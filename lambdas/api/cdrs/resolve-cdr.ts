import type { CdrChoice } from '../../../core/cdr/compute/cdr-decision.ts';
import { decideCdr } from '../../billing/decide-cdr.ts';
import { done, refused } from '../../http/answer.ts';
import type { Caller } from '../api-route.ts';
import { findCdr } from './cdr-of.ts';

/** Decides on a held CDR, once and for all; the same decision again gets the same answer. */
export async function resolveCdr(caller: Caller, cdrId: string, choice: CdrChoice) {
  const { database, operatorId, apiKeyId, apiKeyName, now } = caller;
  const decidedBy = { apiKeyId, name: apiKeyName };
  const decided = await decideCdr({ database, operatorId, decidedBy, now }, cdrId, choice);
  if (decided.kind === 'refused') {
    // A credit, or one that was credited, is sealed.
    const isOther = decided.code === 'CDR_NOT_FOUND' && (await findCdr(caller, cdrId));
    return refused(isOther ? 'CDR_NOT_HELD' : decided.code);
  }
  const { stored, decision } = decided;
  const { kind, ...rest } = decision;
  const { sessionId } = stored.session;
  return done({ cdrId: stored.result?.cdrId, sessionId, decision: kind, ...rest });
}
