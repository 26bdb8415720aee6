import { authorizeToken, type TokenAuthorization } from '../../core/token/authorize-token.ts';
import type { Token } from '../../core/token/token.ts';
import { instant } from '../../core/units/instant.ts';
import { readToken, type StoredToken } from '../store/operators/tokens.ts';
import { isOverLimit } from './is-over-limit.ts';
import type { MessageContext } from './message-context.ts';

const tokenOf = (stored: StoredToken | undefined, operatorId: string): Token | undefined =>
  stored === undefined ? undefined : { ...stored, operatorId };

/** A token that its partner allowed for a while is again what it is unasked when that is over. */
function asUnasked(stored: StoredToken, at: number): StoredToken {
  const { unasked, validUntil, ...token } = stored;
  const isOver = validUntil !== undefined && Date.parse(validUntil) <= at;
  return unasked !== undefined && isOver ? { ...token, status: unasked } : stored;
}

/**
 * Says whether a token that was read may charge at a time (epoch ms); its group is read where it has one, and its
 * account. None may charge at a
 * charger that its operator has not accepted.
 */
export async function authorizeStored(
  step: MessageContext,
  stored: StoredToken | undefined,
  at: number,
): Promise<TokenAuthorization> {
  const { operatorId, approval } = step.charger;
  if (approval !== undefined) return { status: 'Invalid' };
  const group = stored?.parentTokenId;
  const parent =
    group === undefined ? undefined : await readToken(step.database, operatorId, group);
  const answer = authorizeToken(
    tokenOf(stored && asUnasked(stored, at), operatorId),
    tokenOf(parent, operatorId),
    instant(BigInt(at)),
  );
  const accountId = stored?.accountId;
  if (answer.status !== 'Accepted' || accountId === undefined) return answer;
  return (await isOverLimit(step, accountId, at)) ? { ...answer, status: 'Blocked' } : answer;
}
