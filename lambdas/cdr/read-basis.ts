import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/compute/session-facts.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { datesOf, endIfLater, laterDatedEnd } from './read-dates.ts';
import { type CountWaiting, readPrevious } from './read-previous.ts';

/**
 * Where the connector's session before this one ended: by its charger's stop, and, where its CDR has been made already,
 * by the last verified signed values that there were by then.
 */
async function previousEndOf(
  database: Database,
  stored: StoredSession,
  countWaiting: CountWaiting,
): Promise<Pick<CdrBasis, 'previousRegister' | 'previousSigned'>> {
  const previous = await readPrevious(database, stored, countWaiting);
  if (previous === undefined) return await laterDatedEnd(database, stored);
  const { adjacent, pointed } = previous;
  const meterStop = adjacent?.session.stop?.meterStop;
  const signedStop = pointed.result?.signedStop;
  return {
    ...(adjacent !== undefined &&
      meterStop !== undefined && {
        previousRegister: {
          sessionId: adjacent.session.sessionId,
          wh: plainNumber(meterStop),
          ...endIfLater(adjacent.session, stored.session),
        },
      }),
    ...(signedStop !== undefined && { previousSigned: signedStop }),
  };
}

/** Reads what a session's CDR is based on besides its own messages and its tariff. */
export async function readBasis(
  database: Database,
  stored: StoredSession,
  countWaiting: CountWaiting,
): Promise<CdrBasis> {
  const { decision, promoCode } = stored;
  return {
    ...(await previousEndOf(database, stored, countWaiting)),
    ...(await datesOf(database, stored)),
    ...(decision !== undefined && { decision }),
    ...(promoCode !== undefined && { promoCode: { kind: 'redeemed', ...promoCode } as const }),
  };
}
