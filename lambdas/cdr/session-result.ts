import { canonicalJson } from '../../core/cdr/canonical-json.ts';
import type { CdrContent } from '../../core/cdr/cdr.ts';
import type { ComputedCdr } from '../../core/cdr/cdr-from-readings.ts';
import type { Session } from '../../core/session/session.ts';
import { fewOfEach } from '../store/few-of-each.ts';
import type { SessionResult } from '../store/session-item.ts';

/** What a CDR tells beside what its session keeps anyway, a few of each; the CDR itself tells everything. */
const ofCdrAlone = (content: CdrContent, session: Session): CdrContent['anomalies'] => {
  const kept = new Set(session.anomalies.map(canonicalJson));
  return fewOfEach(content.anomalies.filter((anomaly) => !kept.has(canonicalJson(anomaly))));
};

/** What a session shows of its CDR. */
export function sessionResult(
  { content, metered, signed }: ComputedCdr,
  session: Session,
): SessionResult {
  const { energy, stateOfCharge } = metered;
  const { cdrId, total } = content;
  return {
    cdrId,
    // What must wait for a decision of the operator states no price.
    cdrState: total === null ? 'held' : 'sealed',
    energy,
    cdrAnomalies: ofCdrAlone(content, session),
    ...(total === null ? {} : { cost: total }),
    ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
    ...(signed?.stop === undefined ? {} : { signedStop: signed.stop }),
  };
}
