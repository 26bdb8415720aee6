import type { Instant } from '../units/instant.ts';
import type { Token, TokenStatus } from './token.ts';

/** Our answer about a token (OCPP 1.6 IdTagInfo). */
export type TokenAuthorization = {
  readonly status: TokenStatus;
  /** ISO 8601 in UTC. */
  readonly expiryDate?: string;
  readonly parentTokenId?: string;
};

const expiredAt = (token: Token, at: Instant): boolean =>
  token.validUntil !== undefined && Date.parse(token.validUntil) <= Number(at);

const ownStatus = (token: Token, at: Instant): TokenStatus =>
  token.status === 'Accepted' && expiredAt(token, at) ? 'Expired' : token.status;

/**
 * Says whether a token may charge at a point in time.
 * An unknown token is `Invalid`; a token of a group whose own token is blocked or expired is refused as the group is.
 * Pass as `parent` the token named by `parentTokenId`, when it is known.
 */
export const authorizeToken = (
  token: Token | undefined,
  parent: Token | undefined,
  at: Instant,
): TokenAuthorization => {
  if (token === undefined) return { status: 'Invalid' };
  const own = ownStatus(token, at);
  const group = parent === undefined ? 'Accepted' : ownStatus(parent, at);
  return {
    status: own === 'Accepted' ? group : own,
    ...(token.validUntil !== undefined && {
      expiryDate: new Date(token.validUntil).toISOString(),
    }),
    ...(token.parentTokenId !== undefined && { parentTokenId: token.parentTokenId }),
  };
};
