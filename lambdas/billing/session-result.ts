import type { ComputedCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import { chargerFindings } from '../../core/cdr/compute/charger-says.ts';
import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { limitPerCode } from '../../core/session/limit-per-code.ts';
import type { Session } from '../../core/session/session.ts';
import { shownTimes } from '../../core/session/shown-times.ts';
import type { SessionResult } from '../store/sessions/session-item.ts';

/**
 * The CDR's anomalies other than those the session keeps, a few per code, which the CDR itself has all of; and those of what its charger
 * says of its own doing.
 */
const ofCdrAlone = ({ content, says }: ComputedCdr, session: Session): CdrContent['anomalies'] => {
  const kept = new Set(session.anomalies.map(canonicalJson));
  const ofCdr = content.anomalies.filter((anomaly) => !kept.has(canonicalJson(anomaly)));
  // No part of the bill, which does not follow from them.
  return limitPerCode([...ofCdr, ...chargerFindings(says, content)]);
};

/** A session without a verified pair of its own passes on what it was compared with, so that none can be inserted in between. */
const signedStopOf = (
  { content, signed }: ComputedCdr,
  { sessionId }: Session,
): Pick<SessionResult, 'signedStop'> => {
  const before = content.evidence.basis.previousSigned;
  const signedStop = signed?.stop === undefined ? before : { sessionId, ...signed.stop };
  return signedStop === undefined ? {} : { signedStop };
};

/** The times of a CDR that its session's own messages show otherwise. */
function correctedOf(
  { startedAt, endedAt }: CdrContent,
  session: Session,
): Pick<SessionResult, 'corrected'> {
  // Nothing of a pushed session is corrected: it shows the times that it was pushed with.
  if (session.protocol === 'push') return {};
  const shown = shownTimes(session);
  const isOtherStart = shown.startedAt !== null && shown.startedAt !== startedAt;
  const isOtherEnd = shown.endedAt !== endedAt;
  if (!isOtherStart && !isOtherEnd) return {};
  const listedAt = shown.startedAt === null ? endedAt : startedAt;
  return {
    corrected: {
      ...(isOtherStart && { startedAt }),
      ...(isOtherEnd && { endedAt }),
      listSort: `${listedAt}#${session.sessionId}`,
    },
  };
}

/** The part of a CDR shown on its session. */
export function sessionResult(computed: ComputedCdr, session: Session): SessionResult {
  const { content, metered } = computed;
  const { energy, stateOfCharge } = metered;
  const { cdrId, total } = content;
  return {
    cdrId,
    // A CDR that waits for an operator's decision states no price.
    cdrState: total === null ? 'held' : 'sealed',
    energy,
    cdrAnomalies: ofCdrAlone(computed, session),
    ...(total === null ? {} : { cost: total }),
    ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
    ...signedStopOf(computed, session),
    ...correctedOf(content, session),
  };
}
