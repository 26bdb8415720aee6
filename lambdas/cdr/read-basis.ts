import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/compute/session-facts.ts';
import type { Session } from '../../core/session/session.ts';
import type { StoredSession } from '../store/session-item.ts';
import { readSession } from '../store/sessions.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Where the connector's session before this one ended: by its charger's stop, and, where its CDR has been made already,
 * by the last verified signed values that there were by then.
 */
async function previousEndOf(
  database: Database,
  { previousSessionId: sessionId }: Session,
): Promise<Pick<CdrBasis, 'previousRegister' | 'previousSigned'>> {
  if (sessionId === undefined) return {};
  const previous = await readSession(database, sessionId);
  const meterStop = previous?.session.stop?.meterStop;
  const signedStop = previous?.result?.signedStop;
  return {
    ...(meterStop !== undefined && {
      previousRegister: { sessionId, wh: plainNumber(meterStop) },
    }),
    ...(signedStop !== undefined && { previousSigned: signedStop }),
  };
}

/** Reads what a session's CDR is based on besides its own messages and its tariff. */
export async function readBasis(
  database: Database,
  { session, decision, promoCode }: StoredSession,
): Promise<CdrBasis> {
  return {
    ...(await previousEndOf(database, session)),
    ...(decision !== undefined && { decision }),
    ...(promoCode !== undefined && { promoCode: { kind: 'redeemed', ...promoCode } as const }),
  };
}
