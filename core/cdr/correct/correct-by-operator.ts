import type { Anomaly } from '../../metering/model/anomaly.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { decimalOf } from '../../units/decimal.ts';
import type { CdrCorrection } from '../compute/cdr-correction.ts';
import { type ComputedCdr, computeCdr } from '../compute/cdr-from-readings.ts';
import type { CdrRules } from '../compute/cdr-rules.ts';
import { sessionOfCdr } from '../compute/session-facts.ts';
import type { LimitSettings } from '../compute/session-limits.ts';
import type { CdrContent } from '../model/cdr.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { readCdrId } from '../seal/cdr-id.ts';
import { readingsHash } from '../seal/readings-hash.ts';
import { billedText } from './billed-text.ts';
import { creditCdr } from './credit-cdr.ts';
import { renumberCdr } from './renumber-cdr.ts';
import { withinLimits } from './within-limits.ts';

/** All that a correction by another tariff needs besides the sealed CDR: the readings that this is based on, the tariff, and the operator's current limits. */
export type Repricing = {
  readonly counted: readonly StoredMessage[];
  readonly tariff: Tariff;
  readonly limits: LimitSettings;
};

/**
 * The result of an operator's correction: the credit, and the CDR that replaces what it credits, where the session is still billed; or why
 * there is none. `CORRECTION_HELD` comes with the anomalies that would hold the new CDR.
 */
export type OperatorCorrection =
  | {
      readonly kind: 'corrected';
      readonly credit: CdrContent;
      readonly correction?: ComputedCdr;
    }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'CORRECTION_CHANGES_NOTHING'
        | 'CORRECTION_OTHER_CURRENCY'
        | 'CORRECTION_HELD'
        | 'READINGS_EXPIRED';
      readonly anomalies?: readonly Anomaly[];
    };

const refused = (
  code: Extract<OperatorCorrection, { kind: 'refused' }>['code'],
  anomalies?: readonly Anomaly[],
): OperatorCorrection => ({ kind: 'refused', code, ...(anomalies && { anomalies }) });

const billsNothing = ({ total, evidence }: CdrContent): boolean =>
  evidence.basis.decision?.kind === 'void' ||
  [total?.exclVat, total?.inclVat].every((amount) => decimalOf(amount ?? '0', 12) === 0n);

/** Takes a sealed CDR back, and bills nothing instead. */
export const creditByOperator = (
  sealed: CdrContent,
  correction: CdrCorrection,
): OperatorCorrection =>
  billsNothing(sealed)
    ? refused('CORRECTION_CHANGES_NOTHING')
    : { kind: 'corrected', credit: creditCdr(sealed, correction) };

/**
 * Prices the readings of a sealed CDR by another tariff. All else that it is based on stays as it was: the facts of its session, a decision
 * about it, its promo code.
 */
export const repriceByOperator = (
  sealed: CdrContent,
  correction: Extract<CdrCorrection, { kind: 'tariff' }>,
  { counted, tariff, limits }: Repricing,
  rules: CdrRules,
): OperatorCorrection => {
  const { basis } = sealed.evidence;
  const isVoid = basis.decision?.kind === 'void';
  if (isVoid || canonicalJson(tariff) === canonicalJson(sealed.tariff)) {
    return refused('CORRECTION_CHANGES_NOTHING');
  }
  if (tariff.currency !== sealed.total?.currency) return refused('CORRECTION_OTHER_CURRENCY');
  const number = readCdrId(sealed.cdrId)?.number;
  if (number === undefined || readingsHash(counted) !== sealed.evidence.readingsHash) {
    return refused('READINGS_EXPIRED');
  }
  const session = sessionOfCdr(sealed);
  // Limits that were compared with another price say nothing of this one.
  const { limits: _before, ...others } = basis;
  const because = { ...others, correction: { ...correction, cdrId: sealed.cdrId } };
  const again = withinLimits(because, limits, tariff.currency, (by) =>
    computeCdr(session, tariff, counted, rules, by),
  );
  const { content } = again;
  if (content.total === null) {
    return refused(
      'CORRECTION_HELD',
      content.anomalies.filter(({ severity }) => severity === 'error'),
    );
  }
  if (billedText(content) === billedText(sealed)) return refused('CORRECTION_CHANGES_NOTHING');
  return {
    kind: 'corrected',
    credit: creditCdr(sealed, correction),
    correction: { ...again, content: renumberCdr(content, number + 1) },
  };
};
