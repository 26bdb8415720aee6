import { isFixed } from '../../core/cdr/change-session.ts';
import { billedSession } from '../../core/cdr/compute/billed-session.ts';
import { type CdrBasis, noBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import { isMixed } from '../../core/cdr/compute/is-mixed.ts';
import { measureSession } from '../../core/cdr/compute/measured-session.ts';
import { namesSeveral } from '../../core/cdr/compute/names-several.ts';
import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import { type AnomalyCode, anomalyOf } from '../../core/metering/model/anomaly-codes.ts';
import type { Session } from '../../core/session/session.ts';
import { isoInstant } from '../../core/units/instant.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { CorrectionMessage } from '../billing/correction-message.ts';
import type { DecodeMessage } from '../billing/decode-once.ts';
import { correctionFor, lateReadings } from '../billing/late-readings.ts';
import { placeNamedIn } from '../billing/place-session.ts';
import { readKeysFor } from '../billing/read-meter-keys.ts';
import { rulesFor } from '../billing/rules-for.ts';
import { sessionResult } from '../billing/session-result.ts';
import { tariffOf } from '../billing/tariff-of.ts';
import { readAllReadings } from '../store/readings/evidence.ts';
import { marksOf } from '../store/readings/reading-marks.ts';
import type { CountedReadings } from '../store/sessions/closed-running-view.ts';
import type { SessionResult, StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { readBasis } from './read-basis.ts';
import type { CountWaiting, PreviousHelpers } from './read-previous.ts';
import { readSettingsFor } from './read-settings-for.ts';

/** A CDR before it is sealed or held, and what its session shows of it. */
export type CdrDraft = {
  readonly content: CdrContent;
  readonly result: SessionResult;
  /** True if it cannot be billed because messages of its session are missing, its start included, and may come. */
  readonly lacksMessages: boolean;
  /** Which readings it is based on. */
  readonly counted: CountedReadings;
  /** The place of its session that messages name, where less is known of it and nothing decided yet: it holds for the tariff and for what counts. */
  readonly place: ConnectorRef | undefined;
  /** Requests a review of the session, if readings arrived too late to count. */
  readonly correction: CorrectionMessage | undefined;
};

/** Services that a draft needs besides the tables, and the session that was read along with its own. */
export type DraftHelpers = PreviousHelpers & { readonly decode: DecodeMessage };

/** A session with more messages than its CDR may be made from says so: nothing of it is billed without a look at it. */
function sessionOf({ session }: StoredSession, isWhole: boolean): Session {
  const billed = billedSession(session);
  const code = 'EVIDENCE_TOO_LARGE';
  if (isWhole || billed.anomalies.some((one) => one.code === code)) return billed;
  return { ...billed, anomalies: [...billed.anomalies, anomalyOf(code, session.stop?.endedAt)] };
}

/** A session that may have messages of another one says so: nobody is billed for what somebody else charged. */
const withMixed = (session: Session, codes: readonly AnomalyCode[]): Session => {
  const known = new Set<string>(session.anomalies.map(({ code }) => code));
  const further = codes.filter((code) => !known.has(code)).map((code) => anomalyOf(code));
  return further.length === 0
    ? session
    : { ...session, anomalies: [...session.anomalies, ...further] };
};

/**
 * A charger that numbers its messages says by them that there are others. Of any other charger a lone stop is all that there is, unless
 * messages of chargers wait to be processed: its start may be one of them, as after an outage.
 */
async function lacksMessages(
  { total, anomalies }: CdrContent,
  decoded: readonly DecodedMessage[],
  countWaiting: CountWaiting,
): Promise<boolean> {
  if (total !== null) return false;
  const codes = anomalies.map(({ code }) => code);
  if (codes.includes('SEQ_GAP')) return true;
  if (!codes.includes('STOP_WITHOUT_START')) return false;
  const isNumbered = decoded.some(({ readings }) =>
    readings.some(({ seqNo }) => seqNo !== undefined),
  );
  return isNumbered || (await countWaiting()) > 0;
}

/**
 * Makes the CDR of an ended session from everything that was kept of it: the same evidence gives the same bytes.
 * `also` is what else it is based on, known to whoever asks; each message is decoded by `decode`, and `countWaiting` counts
 * the messages of chargers that are not stored yet.
 */
export async function draftCdr(
  database: Database,
  stored: StoredSession,
  { decode, ...helpers }: DraftHelpers,
  also: CdrBasis = noBasis,
): Promise<CdrDraft> {
  const isBegun = stored.session.start !== undefined;
  const [{ messages: all, isWhole }, tariffAtStart, before] = await Promise.all([
    readAllReadings(database, stored),
    isBegun ? tariffOf(database, stored.session, stored.decision) : undefined,
    readBasis(database, stored, helpers),
  ]);
  const rules = rulesFor(stored.session, decode);
  const kept = all.filter(({ late }) => !late);
  const decoded = kept.map(rules.read);
  const known = sessionOf(stored, isWhole);
  const session = withMixed(known, [
    ...(isMixed(known, all, decoded) ? (['TRANSACTIONS_MIXED'] as const) : []),
    ...(namesSeveral(decoded) ? (['SEVERAL_TRANSACTIONS'] as const) : []),
  ]);
  const keys = await readKeysFor(database, stored, decoded);
  const basis = { ...before, ...keys, ...also };
  const tariff = isBegun
    ? tariffAtStart
    : await tariffOf(
        database,
        session,
        stored.decision,
        isoInstant(measureSession(session, decoded, basis).metered.startedAt),
      );
  const usual = computeCdr(session, tariff, kept, rules, basis);
  const settings = await readSettingsFor(database, session, usual);
  const computed =
    settings === undefined
      ? usual
      : computeCdr(session, tariff, kept, rules, { ...basis, ...settings });
  return {
    content: computed.content,
    lacksMessages: await lacksMessages(computed.content, decoded, helpers.countWaiting),
    counted: omitUndefined({
      marks: marksOf(kept),
      until: stored.lateUntil,
      end: isWhole ? undefined : all.at(-1)?.key,
    }),
    // A session that was decided on is billed as it was seen, and takes no place any more.
    place: isFixed(stored) ? undefined : placeNamedIn(stored, all),
    correction: correctionFor(session.sessionId, lateReadings(all, stored, undefined)),
    result: sessionResult(computed, known),
  };
}
