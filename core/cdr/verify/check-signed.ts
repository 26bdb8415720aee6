import { normalizeChargerId } from '../../charger/charger-key.ts';
import { checkSignedRecord, mostAttempts, unchecked } from '../../ocmf/check-signed-values.ts';
import { type MeterKey, meterKeyIdOf } from '../../ocmf/meter-key.ts';
import type { CdrContent } from '../model/cdr.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { type SignedValueEvidence, verdictEvidence } from '../signed/signed-evidence.ts';
import type { CdrCheck } from './cdr-check.ts';
import { keysOfConnector } from './check-meter-values.ts';

/**
 * Checks the signed records in a CDR with the public keys in it, which needs no readings: that each has the verdict that
 * is stated, and each key the id that derives from it. Undefined where the CDR has no signed values.
 */
export const checkSigned = (content: CdrContent): CdrCheck | undefined => {
  const { signedValues, basis } = content.evidence;
  if (signedValues === undefined) return undefined;
  // A CDR from outside may hold anything: what cannot be computed with is wrong, not our bug.
  try {
    const problem = problemOf(content, signedValues, basis.meterKeys ?? []);
    return problem === undefined
      ? { ...about('passed'), message: tellOf(content, signedValues) }
      : { ...about('failed'), message: problem };
  } catch {
    return { ...about('failed'), message: 'The signed values cannot be evaluated.' };
  }
};

const about = (outcome: CdrCheck['outcome']) => ({ check: 'signed', outcome }) as const;

const problemOf = (
  content: CdrContent,
  stated: readonly SignedValueEvidence[],
  keys: readonly MeterKey[],
): string | undefined => {
  const chargerId = normalizeChargerId(content.chargerId);
  const stranger = keys.find((key) => meterKeyIdOf(chargerId, key) !== key.meterKeyId);
  if (stranger !== undefined)
    return `The key with the id ${stranger.meterKeyId} is a different one.`;
  const isStatedVerdict = verdictTest(content, stated, keys);
  return stated.every(isStatedVerdict)
    ? undefined
    : 'The stated verdict on a signed value is not the one it gets.';
};

/**
 * Holds each record alone against its verdict: how it was wrapped, and which others took up the attempts, the readings
 * tell. So do they of a record that is not there whole.
 */
const verdictTest = (
  content: CdrContent,
  stated: readonly SignedValueEvidence[],
  keys: readonly MeterKey[],
) => {
  const { evidence } = content;
  const keysOf = keysOfConnector(keys, content);
  const all = stated.length + (evidence.signedValuesLeftOut ?? 0);
  const areTooMany = all * keys.length > mostAttempts;
  const notChecked = canonicalJson(verdictEvidence({ verdict: unchecked('NOT_CHECKED') }));
  return ({ format, record, verdict }: SignedValueEvidence): boolean => {
    const told = canonicalJson(verdict);
    if (areTooMany && format === 'ocmf' && told === notChecked) return true;
    // An unverified record has the same verdict whatever its text is.
    if (record === undefined && format === 'ocmf') return true;
    const again = checkSignedRecord({ format, record: record ?? '' }, keysOf);
    return told === canonicalJson(verdictEvidence(again));
  };
};

/** The summary for a reader: the number of records per verdict, and whether they determine the bill. */
const tellOf = (
  { evidence: { quality, signedPair } }: CdrContent,
  stated: readonly SignedValueEvidence[],
): string => {
  const verdicts = stated.map(({ verdict }) => verdict);
  const counts = (['valid', 'invalid', 'unverified'] as const)
    .map((kind) => ({ kind, of: verdicts.filter((verdict) => verdict.kind === kind) }))
    .filter(({ of }) => of.length > 0)
    .map(({ kind, of }) => `${of.length} ${kind}${reasonsOf(of)}`);
  const pair =
    signedPair?.kind === 'pair' && quality === 'signed'
      ? 'The energy was taken from the signed start and stop.'
      : 'The energy was not taken from them.';
  return `Signed values: ${counts.join(', ')}. ${pair}`;
};

const reasonsOf = (verdicts: readonly SignedValueEvidence['verdict'][]): string => {
  const reasons = [...new Set(verdicts.flatMap(({ reason }) => reason ?? []))].sort();
  return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
};
