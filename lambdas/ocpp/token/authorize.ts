import type { AccountRest } from '../../../core/account/account-rest.ts';
import { authorizeToken, type TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { isMasterPass } from '../../../core/token/is-master-pass.ts';
import type { Token } from '../../../core/token/token.ts';
import { instant } from '../../../core/units/instant.ts';
import { readToken, type StoredToken } from '../../store/operators/tokens.ts';
import type { MessageContext } from '../message-context.ts';
import { accountStanding } from './account-standing.ts';

/** Our answer about a token, and what is left of the limits of its account, where it has any. */
export type Authorized = {
  readonly authorization: TokenAuthorization;
  readonly rest?: AccountRest;
};

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
 * account, of whose limits the rest for its session (`own`) is given. None may charge at a charger that its operator has not accepted.
 */
export async function authorizeStored(
  step: MessageContext,
  stored: StoredToken | undefined,
  at: number,
  own?: string,
): Promise<Authorized> {
  const { operatorId, approval } = step.charger;
  if (approval !== undefined) return { authorization: { status: 'Invalid' } };
  const group = stored?.parentTokenId;
  const parent =
    group === undefined ? undefined : await readToken(step.database, operatorId, group);
  const answer = authorizeToken(
    tokenOf(stored && asUnasked(stored, at), operatorId),
    tokenOf(parent, operatorId),
    instant(BigInt(at)),
  );
  const accountId = stored?.accountId;
  if (answer.status !== 'Accepted' || accountId === undefined) return { authorization: answer };
  const standing = await accountStanding(step, accountId, at, own);
  if (standing?.isOver) return { authorization: { ...answer, status: 'Blocked' } };
  return standing === undefined
    ? { authorization: answer }
    : { authorization: answer, rest: standing.rest };
}

/** The answer about a token with which a session begins: those of the master group only stop the sessions of others (OCPP 2.0.1 C16). */
export const asBeginning = (
  { charger }: MessageContext,
  stored: StoredToken | undefined,
  authorized: Authorized,
): Authorized =>
  isMasterPass(stored, charger.masterPassGroup)
    ? { authorization: { ...authorized.authorization, status: 'Invalid' } }
    : authorized;
