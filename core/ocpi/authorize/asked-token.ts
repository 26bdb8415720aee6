import type { TokenStatus } from '../../token/token.ts';
import type { PartnerToken } from '../model/token.ts';

/** Our answer about a token of a partner while the partner is not asked: one with `NEVER` does not charge. */
export const statusOfPushed = ({ valid, whitelist }: PartnerToken): TokenStatus => {
  if (!valid) return 'Blocked';
  return whitelist === 'NEVER' ? 'Invalid' : 'Accepted';
};

/**
 * The answer about a token whose partner has to be asked each time, where the partner does not answer; undefined for one that need not
 * be asked about (WhitelistType): `ALLOWED_OFFLINE` charges then while it is valid, `NEVER` does not.
 */
export const statusUnasked = (token: PartnerToken): TokenStatus | undefined =>
  token.whitelist === 'NEVER' || token.whitelist === 'ALLOWED_OFFLINE'
    ? statusOfPushed(token)
    : undefined;

/** The answer to a charger for the word of its partner (AllowedType); one that nobody knows allows nothing. */
export const statusOfAllowed = (allowed: string): TokenStatus => {
  switch (allowed) {
    case 'ALLOWED':
      return 'Accepted';
    case 'BLOCKED':
    case 'NO_CREDIT':
      return 'Blocked';
    case 'EXPIRED':
      return 'Expired';
    default:
      return 'Invalid';
  }
};
