import { meteringRules } from '../../metering/rules.ts';
import type { MeterKey } from '../../ocmf/meter-key.ts';
import { applySessionEvent } from '../../session/apply-session-event.ts';
import { isOurStop } from '../../session/is-our-stop.ts';
import type { Session, SessionStop } from '../../session/session.ts';
import { pricingRules } from '../../tariff/model/rules.ts';
import type { CdrBasis } from '../compute/cdr-basis.ts';
import { type ComputedCdr, computeCdr } from '../compute/cdr-from-readings.ts';
import type { CdrRules } from '../compute/cdr-rules.ts';
import { sessionOfCdr } from '../compute/session-facts.ts';
import { defaultLimits, type LimitSettings } from '../compute/session-limits.ts';
import type { CdrContent } from '../model/cdr.ts';
import { cdrRules } from '../model/rules.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import { readCdrId } from '../seal/cdr-id.ts';
import { readingsHash } from '../seal/readings-hash.ts';
import { billedText } from './billed-text.ts';
import { creditCdr } from './credit-cdr.ts';
import { renumberCdr } from './renumber-cdr.ts';
import { withinLimits } from './within-limits.ts';

/**
 * The effect on a sealed CDR of readings that arrived later: nothing of what is billed; another bill, so that the CDR
 * is credited and replaced by another one; or something that only a person can decide on.
 */
export type Review =
  | { readonly kind: 'same' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'corrected'; readonly credit: CdrContent; readonly correction: ComputedCdr };

/** The readings that a CDR is based on, and those together with what came later, without what is another session's by now. */
export type ReviewedReadings = {
  readonly counted: readonly StoredMessage[];
  readonly all: readonly StoredMessage[];
  /** The charger's own stop, where it came to a session that had ended by us. */
  readonly stop?: SessionStop;
  /** The session as it is now, where the id of its transaction is that of another one, whose messages the CDR may be based on. */
  readonly divided?: Session;
  /** The registered keys that count for signed values among what came later. */
  readonly meterKeys?: readonly MeterKey[];
  /** The operator's current limits of duration and cost. */
  readonly limits?: LimitSettings;
};

/**
 * Compares a sealed CDR with everything that was kept of its session by now. All else that it is based on stays as it was
 * when it was sealed: the facts of its session, its tariff, what was known elsewhere. Only an end that we gave to the
 * session gives way to the charger's own. A CDR that an operator decided on, one whose readings are not all there any
 * more, one that would have to be held, and one by verified signed values that would no longer be billed by any are left
 * for a person.
 */
export const reviewReadings = (
  sealed: CdrContent,
  { counted, all, stop, divided, meterKeys = [], limits = defaultLimits }: ReviewedReadings,
  rules: CdrRules,
): Review => {
  const { basis } = sealed.evidence;
  if (readingsHash(counted) !== sealed.evidence.readingsHash) return { kind: 'unclear' };
  const before = isOfOurRules(sealed)
    ? sealed
    : again(sealed, sessionOfCdr(sealed), counted, basis, rules).content;
  const after = withinLimits(withKeys(basis, meterKeys), limits, sealed.tariff?.currency, (by) =>
    again(sealed, sessionWith(sealed, stop, divided), all, by, rules),
  );
  const { content } = after;
  // A CDR of which another session's messages are the evidence gives way even where its bill is right.
  const isLess = counted.some((message) => !all.includes(message));
  if (billedText(before) === billedText(content) && !isLess) return { kind: 'same' };
  const number = readCdrId(sealed.cdrId)?.number;
  const losesSignature = isSigned(before) && !isSigned(content);
  const isForAPerson = content.total === null || basis.decision !== undefined || losesSignature;
  if (isForAPerson || number === undefined) return { kind: 'unclear' };
  const correction = { ...after, content: renumberCdr(content, number + 1) };
  return { kind: 'corrected', credit: creditCdr(sealed), correction };
};

/** Rules that have changed since are not a reason to bill something else: only the readings are. */
const isOfOurRules = ({ evidence: { rules } }: CdrContent): boolean =>
  rules.metering === meteringRules && rules.pricing === pricingRules && rules.cdr === cdrRules;

const isSigned = ({ evidence }: CdrContent): boolean => evidence.quality === 'signed';

const withKeys = (basis: CdrBasis, more: readonly MeterKey[]): CdrBasis => {
  const known = new Map([...(basis.meterKeys ?? []), ...more].map((key) => [key.meterKeyId, key]));
  const meterKeys = [...known.values()].sort((a, b) => (a.meterKeyId < b.meterKeyId ? -1 : 1));
  return meterKeys.length === 0 ? basis : { ...basis, meterKeys };
};

/** The session of a CDR, ended by the charger's own stop where the CDR is based on one of ours, or on that of another session. */
const sessionWith = (
  sealed: CdrContent,
  stop: SessionStop | undefined,
  divided: Session | undefined,
): Session => {
  const session = sessionOfCdr(sealed);
  if (divided !== undefined && divided.stop?.endedAt !== session.stop?.endedAt) {
    const { stopRegisters: _registers, ...others } = session;
    return { ...others, ...endsOf(divided) };
  }
  if (stop === undefined || isOurStop(stop)) return session;
  if (session.stop === undefined || !isOurStop(session.stop)) return session;
  return applySessionEvent(session, { kind: 'stopped', identity: session, stop }) ?? session;
};

/** The ends of a session, after those of another one were taken from it. */
const endsOf = ({ start, stop, stopRegisters, anomalies }: Session): Partial<Session> => ({
  ...(start && { start }),
  ...(stop && { stop }),
  ...(stopRegisters && { stopRegisters }),
  anomalies,
});

const again = (
  sealed: CdrContent,
  session: Session,
  readings: readonly StoredMessage[],
  basis: CdrBasis,
  rules: CdrRules,
): ComputedCdr => computeCdr(session, sealed.tariff ?? undefined, readings, rules, basis);
