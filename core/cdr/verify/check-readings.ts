import type { CdrRules } from '../compute/cdr-rules.ts';
import { decodedView } from '../compute/decoded-view.ts';
import type { CdrContent } from '../model/cdr.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { countReadings, readingsHash } from '../seal/readings-hash.ts';
import type { CdrCheck } from './cdr-check.ts';
import { type CdrProof, isUnusable, type ListedMessage } from './cdr-proof.ts';

/**
 * Checks that the readings are those that the CDR was made from, byte for byte, and that the decoded form given with them
 * follows from what was received. Without `read` only the former.
 */
export const checkReadings = (
  evidence: CdrContent['evidence'],
  readings: CdrProof['readings'],
  read: CdrRules['read'] | undefined,
): CdrCheck => {
  if (readings === undefined) return { ...about('skipped'), message: 'No readings were given.' };
  if (isUnusable(readings)) return { ...about('failed'), message: readings.problem };
  const problem = problemOf(evidence, readings, read);
  return problem === undefined
    ? { ...about('passed'), message: 'The readings are those the CDR was computed from.' }
    : { ...about('failed'), message: problem };
};

const about = (outcome: CdrCheck['outcome']) => ({ check: 'readings', outcome }) as const;

const problemOf = (
  evidence: CdrContent['evidence'],
  readings: readonly ListedMessage[],
  read: CdrRules['read'] | undefined,
): string | undefined => {
  const count = countReadings(readings);
  if (count !== evidence.readings) {
    return `The CDR was computed from ${evidence.readings} readings; ${count} were given.`;
  }
  if (readingsHash(readings) !== evidence.readingsHash) {
    return 'The readings are not those the CDR was computed from.';
  }
  const wrong = read && readings.find((reading) => !followsFromRaw(reading, read));
  return wrong && `The decoded form of ${wrong.key} does not follow from the received message.`;
};

const followsFromRaw = (reading: ListedMessage, read: CdrRules['read']): boolean => {
  const { at, values, state } = reading;
  if (at !== undefined && at !== reading.key.split('#')[0]) return false;
  if (values === undefined && state === undefined) return true;
  // The decoded form comes from outside and may be anything: one that cannot be evaluated is wrong, not our bug.
  try {
    const again = decodedView(read(reading));
    return isSame(values, again.values) && isSame(state, again.state);
  } catch {
    return false;
  }
};

const isSame = (told: unknown, again: unknown): boolean =>
  told === undefined || canonicalJson(told) === canonicalJson(again);
