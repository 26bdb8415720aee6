import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { normalizeTokenId } from '../../../core/token/normalize-token-id.ts';
import { tokenStatusOf } from '../../../core/token/token-status-of.ts';
import { readToken } from '../../store/operators/tokens.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import type { MessageContext } from '../message-context.ts';
import { authorizeStored } from './authorize.ts';

/** The answer that the start of a session got, for the same token: nothing is read for it. Its time may be over since. */
function answeredAtStart(
  stored: StoredSession | undefined,
  tokenId: string,
  at: string,
): TokenAuthorization | undefined {
  const start = stored?.session.start;
  if (start === undefined || normalizeTokenId(start.tokenId) !== normalizeTokenId(tokenId)) {
    return undefined;
  }
  const answered = stored?.answered ?? {};
  const status = tokenStatusOf(start.authorization);
  const isOver = answered.expiryDate !== undefined && answered.expiryDate <= at;
  return { ...answered, status: status === 'Accepted' && isOver ? 'Expired' : status };
}

/**
 * Says whether the token of a stop may charge: as the answer to the start of its session did, and of any other token what is
 * registered. Undefined where the stop names none.
 */
export async function authorizeStop(
  step: MessageContext,
  { tokenId, timestamp }: EventOf<'sessionStopped'>,
  stored: StoredSession | undefined,
): Promise<TokenAuthorization | undefined> {
  if (tokenId === undefined) return undefined;
  const at = isoTimeOf(timestamp, step.now, step.charger.timeZone);
  const known = answeredAtStart(stored, tokenId, at);
  if (known !== undefined) return known;
  const token = await readToken(step.database, step.charger.operatorId, tokenId);
  return (await authorizeStored(step, token, Date.parse(at))).authorization;
}
