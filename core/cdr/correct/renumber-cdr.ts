import type { CdrCorrection } from '../compute/cdr-correction.ts';
import type { CdrContent } from '../model/cdr.ts';
import { numberedCdrId, readCdrId } from '../seal/cdr-id.ts';
import { creditCdr } from './credit-cdr.ts';

/** A CDR as its session's number-th, 1 and up: from the second on it names the one it replaces. */
export const renumberCdr = (content: CdrContent, number: number): CdrContent => {
  const { replaces: _before, ...rest } = content;
  const { sessionId } = content;
  const cdrId = numberedCdrId(sessionId, number);
  return number === 1
    ? { ...rest, cdrId }
    : { ...rest, cdrId, replaces: numberedCdrId(sessionId, number - 1) };
};

/**
 * A CDR that was computed again, in the part that an id gives it: a session's first, a correction, or a credit, which an operator
 * may have ordered. With an id that is malformed it stays unchanged.
 */
export const cdrInPartOf = (
  content: CdrContent,
  cdrId: string,
  correction?: CdrCorrection,
): CdrContent => {
  const parts = readCdrId(cdrId);
  if (parts === undefined) return content;
  const numbered = renumberCdr(content, parts.number);
  return parts.isCredit ? creditCdr(numbered, correction) : numbered;
};
