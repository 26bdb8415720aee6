import { billedSession } from '../../core/cdr/billed-session.ts';
import { canonicalJson } from '../../core/cdr/canonical-json.ts';
import type { CdrContent } from '../../core/cdr/cdr.ts';
import { type CdrBasis, noBasis } from '../../core/cdr/cdr-basis.ts';
import { type CdrRules, computeCdr } from '../../core/cdr/cdr-from-readings.ts';
import { understand } from '../../core/ocpp/understand.ts';
import type { Session } from '../../core/session/session.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import type { Database } from '../store/client.ts';
import { countedMarks, readEvidence } from '../store/evidence.ts';
import { fewOfEach } from '../store/few-of-each.ts';
import type { SessionResult, StoredSession } from '../store/session-item.ts';
import { tariffOf } from '../tariff/tariff-of.ts';
import { readBasis } from './read-basis.ts';
import { readKeysFor } from './read-meter-keys.ts';

/** A CDR before it is sealed or held, and what its session shows of it. */
export type CdrDraft = {
  readonly content: CdrContent;
  readonly result: SessionResult;
  /** What is kept of the readings that it rests on. */
  readonly counted: string | undefined;
};

/** What a CDR tells beside what its session keeps anyway, a few of each; the CDR itself tells everything. */
const ofCdrAlone = (content: CdrContent, session: Session): CdrContent['anomalies'] => {
  const kept = new Set(session.anomalies.map(canonicalJson));
  return fewOfEach(content.anomalies.filter((anomaly) => !kept.has(canonicalJson(anomaly))));
};

/**
 * Makes the CDR of an ended session from everything that was kept of it: the same evidence gives the same bytes.
 * `also` is what else it rests on, known to whoever asks.
 */
export async function draftCdr(
  database: Database,
  stored: StoredSession,
  also: CdrBasis = noBasis,
): Promise<CdrDraft> {
  const session = billedSession(stored.session);
  const [kept, tariff, known] = await Promise.all([
    readEvidence(database, stored),
    tariffOf(database, session, stored.decision),
    readBasis(database, stored),
  ]);
  const rules: CdrRules = {
    read: (reading) => understand(session.protocol, reading),
    price: priceSession,
  };
  const keys = await readKeysFor(database, stored, kept, rules.read);
  const basis = { ...known, ...keys, ...also };
  const { content, metered, signed } = computeCdr(session, tariff, kept, rules, basis);
  const { energy, stateOfCharge } = metered;
  const { cdrId, total } = content;
  return {
    content,
    counted: countedMarks(kept),
    result: {
      cdrId,
      // What must wait for a decision of the operator states no price.
      cdrState: total === null ? 'held' : 'sealed',
      energy,
      cdrAnomalies: ofCdrAlone(content, session),
      ...(total === null ? {} : { cost: total }),
      ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
      ...(signed?.stop === undefined ? {} : { signedStop: signed.stop }),
    },
  };
}
