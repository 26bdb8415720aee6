import type { CdrCorrection } from '../../core/cdr/compute/cdr-correction.ts';
import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import type { DecodeMessage } from '../billing/decode-once.ts';
import { operatorCorrection } from '../billing/operator-correction.ts';
import type { SignDigest } from '../billing/sign-digest.ts';
import { logger } from '../runtime/logger.ts';
import type { ClosedRunningView } from '../store/sessions/closed-running-view.ts';
import { dropOrderedCorrection } from '../store/sessions/ordered-corrections.ts';
import type { LateNote, StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { sealCorrection, sealedCdrOf } from './seal-correction.ts';

/** A sealed session with the correction that an operator ordered of it. */
export type OrderedSession = {
  readonly stored: StoredSession & { readonly correction: CdrCorrection };
  readonly closed: ClosedRunningView | undefined;
};

/** Readings about which a person has to decide are not settled by another tariff; of a free session nothing is left to decide. */
const noteOf = ({ correction, lateNote }: OrderedSession['stored']): LateNote => {
  if (correction.kind === 'credit') return 'CDR_CREDITED';
  return lateNote === 'LATE_READINGS_UNCLEAR' ? lateNote : 'TARIFF_CORRECTED';
};

/** Carries out the correction that an operator ordered: `failed` where what it needs is not there any more, which its session then says. */
export async function carryOutOrder(
  database: Database,
  sign: SignDigest,
  decode: DecodeMessage,
  { stored, closed = { version: 0, counted: {} } }: OrderedSession,
): Promise<'corrected' | 'failed' | 'again'> {
  const original = await sealedCdrOf(database, stored);
  const { state: _state, seal: _seal, creditedBy: _since, ...content } = original;
  const { counted } = closed;
  const sealed = { stored, content: content satisfies CdrContent, counted };
  const outcome = await operatorCorrection(database, sealed, stored.correction, decode);
  switch (outcome.kind) {
    case 'corrected':
      return await sealCorrection(
        database,
        sign,
        stored,
        { ...outcome, original },
        { note: noteOf(stored), counted, closed },
      );
    case 'refused': {
      const { sessionId } = stored.session;
      logger.error('Ordered correction failed', { sessionId, code: outcome.code });
      const dropped = await dropOrderedCorrection(database, stored);
      return dropped === 'written' ? 'failed' : 'again';
    }
    default:
      return outcome satisfies never;
  }
}
