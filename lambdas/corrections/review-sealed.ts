import { billedSession } from '../../core/cdr/compute/billed-session.ts';
import { isMixed } from '../../core/cdr/compute/is-mixed.ts';
import { namesSeveral } from '../../core/cdr/compute/names-several.ts';
import { type Review, reviewReadings } from '../../core/cdr/correct/review-readings.ts';
import { couldCount, keptTime } from '../../core/cdr/evidence.ts';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import type { DecodeMessage } from '../billing/decode-once.ts';
import { isOwnMessage } from '../billing/divided-readings.ts';
import { readKeysFor } from '../billing/read-meter-keys.ts';
import { rulesFor } from '../billing/rules-for.ts';
import type { SignDigest } from '../billing/sign-digest.ts';
import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import { writeReview } from '../store/cdrs/corrections.ts';
import type { SessionMessage } from '../store/readings/evidence.ts';
import { marksOf } from '../store/readings/reading-marks.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import type { ClosedRunningView } from '../store/sessions/closed-running-view.ts';
import type { LateNote, StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { sealCorrection, sealedCdrOf } from './seal-correction.ts';

/** A session with everything that was kept of it, and around it where its transaction's id is that of others; and the readings that were not reviewed yet. */
export type Looked = {
  readonly stored: StoredSession;
  readonly closed: ClosedRunningView | undefined;
  readonly all: readonly SessionMessage[];
  readonly late: readonly MessageRecord[];
};

/** `same`: nothing of the bill changes; `unclear`: a person has to look; both are noted of the session. */
export type ReviewOutcome = Review['kind'];

/** Services that a review needs besides the tables. */
export type ReviewHelpers = { readonly sign: SignDigest; readonly decode: DecodeMessage };

/** Holds the sealed CDR of a session against all of its readings, and keeps what follows from that. */
export async function reviewSealed(
  database: Database,
  { sign, decode }: ReviewHelpers,
  looked: Looked,
): Promise<ReviewOutcome | 'again'> {
  const { stored, all } = looked;
  const original = await sealedCdrOf(database, stored);
  const { state: _state, seal: _seal, creditedBy: _since, ...content } = original;
  const rules = rulesFor(stored.session, decode);
  const counted = all.filter((reading) => !reading.late);
  // Those reviewed before, too: they may count together with newer ones.
  const own = all.filter((reading) => isOwnMessage(stored, reading));
  const more = own.filter((reading) => reading.late && couldCount(reading, stored));
  const readings = {
    counted,
    all: [...own.filter((reading) => !reading.late), ...more],
    ...(stored.session.stop && { stop: stored.session.stop }),
    ...(stored.session.part && { divided: billedSession(stored.session) }),
    ...(await readKeysFor(database, stored, more.map(rules.read))),
    limits: (await readBillingSettings(database, stored.session.operatorId)).limits,
  };
  const decoded = readings.all.map(rules.read);
  const mayBeOfSeveral = isMixed(stored.session, own, decoded) || namesSeveral(decoded);
  const review = mayBeOfSeveral
    ? ({ kind: 'unclear' } as const)
    : reviewReadings(content, readings, rules);
  // Nothing came late, and it was billed by its own messages.
  if (review.kind === 'same' && looked.late.length === 0) return 'same';
  switch (review.kind) {
    case 'same':
    case 'unclear':
      return await note(database, looked, review.kind);
    case 'corrected':
      return await correct(database, sign, looked, { original, review, counted: readings.all });
    default:
      return review satisfies never;
  }
}

/** A correction takes precedence over LATE_READINGS, and a free session over all. */
const noteOf = (
  { creditedSequences, lateNote }: StoredSession,
  kind: 'same' | 'unclear',
): LateNote => {
  if (lateNote === 'CDR_CREDITED') return lateNote;
  if (kind === 'unclear') return 'LATE_READINGS_UNCLEAR';
  if (lateNote === 'TARIFF_CORRECTED') return lateNote;
  return creditedSequences === undefined ? 'LATE_READINGS' : 'CDR_CORRECTED';
};

async function note(
  database: Database,
  { stored, closed, all }: Looked,
  kind: 'same' | 'unclear',
): Promise<'same' | 'unclear' | 'again'> {
  const lateNote = noteOf(stored, kind);
  const reviewed = marksOf(all.filter((reading) => reading.late));
  // If there are too many for marks, they are reviewed each time, and recorded once.
  if (reviewed === undefined && stored.lateNote === lateNote) return kind;
  const { version, counted } = closed ?? { version: 0, counted: {} };
  const written = await writeReview(database, stored, lateNote, {
    version,
    counted,
    ...(reviewed === undefined ? {} : { reviewed }),
  });
  return written === 'noted' ? kind : 'again';
}

/** Notes of a session that an operator let be free that readings came late: they bill nothing. */
export const noteFree = async (
  database: Database,
  looked: Looked,
): Promise<'same' | 'unclear' | 'again'> => await note(database, looked, 'same');

/** Notes of a sealed session that more readings came than a CDR is made from: nothing can be compared, so a person has to look. */
export async function noteTooLarge(
  database: Database,
  looked: Looked,
): Promise<'unclear' | 'unchanged' | 'again'> {
  if (looked.stored.lateNote === 'LATE_READINGS_UNCLEAR') return 'unchanged';
  const noted = await note(database, { ...looked, all: [] }, 'unclear');
  return noted === 'same' ? 'unchanged' : noted;
}

/** The inputs of a correction: the CDR in force, the result of the review, and the readings that count from now on. */
type Corrected = {
  readonly original: Cdr;
  readonly review: Extract<Review, { kind: 'corrected' }>;
  readonly counted: readonly MessageRecord[];
};

async function correct(
  database: Database,
  sign: SignDigest,
  { stored, closed }: Looked,
  { original, review, counted }: Corrected,
): Promise<'corrected' | 'again'> {
  const { credit, correction } = review;
  const until = counted.map(keptTime).sort().at(-1);
  const marks = marksOf(counted);
  return await sealCorrection(
    database,
    sign,
    stored,
    { original, credit, correction },
    {
      note: 'CDR_CORRECTED',
      counted: closed?.counted ?? {},
      closed: {
        version: closed?.version ?? 0,
        counted: {
          ...(marks === undefined ? {} : { marks }),
          ...(until === undefined ? {} : { until }),
        },
      },
    },
  );
}
