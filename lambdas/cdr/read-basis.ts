import type { CdrBasis, PreviousRegister } from '../../core/cdr/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/session-facts.ts';
import type { Session } from '../../core/session/session.ts';
import type { Database } from '../store/client.ts';
import type { StoredSession } from '../store/session-item.ts';
import { readSession } from '../store/sessions.ts';

/** The register that the connector's session before this one ended with, where its charger said so. */
async function previousRegisterOf(
  database: Database,
  { previousSessionId }: Session,
): Promise<PreviousRegister | undefined> {
  if (previousSessionId === undefined) return undefined;
  const meterStop = (await readSession(database, previousSessionId))?.session.stop?.meterStop;
  if (meterStop === undefined) return undefined;
  return { sessionId: previousSessionId, wh: plainNumber(meterStop) };
}

/** Reads what a session's CDR rests on beside its own messages and its tariff. */
export async function readBasis(
  database: Database,
  { session, decision, promoCode }: StoredSession,
): Promise<CdrBasis> {
  const previousRegister = await previousRegisterOf(database, session);
  return {
    ...(previousRegister !== undefined && { previousRegister }),
    ...(decision !== undefined && { decision }),
    ...(promoCode !== undefined && { promoCode: { kind: 'redeemed', ...promoCode } as const }),
  };
}
