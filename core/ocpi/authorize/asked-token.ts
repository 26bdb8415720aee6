import type { TokenStatus } from '../../token/token.ts';
import type { PartnerToken } from '../model/token.ts';

/** The words by which a token charges without its partner: always, at our choice, or where the partner cannot be asked (WhitelistType). */
const charging = ['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE'];

/** The words of tokens about which their partner need not be asked. */
const unaskedFor = ['ALWAYS', 'ALLOWED'];

/**
 * Our answer about a token of a partner while the partner is not asked: one with `NEVER` does not charge, and neither does one with a
 * word that nobody knows, since nobody said that it may.
 */
export const statusOfPushed = ({ valid, whitelist }: PartnerToken): TokenStatus => {
  if (!valid) return 'Blocked';
  return charging.includes(whitelist) ? 'Accepted' : 'Invalid';
};

/**
 * The answer about a token whose partner has to be asked each time, where the partner does not answer; undefined for one that need not
 * be asked about (WhitelistType): `ALLOWED_OFFLINE` charges then while it is valid, `NEVER` and a word that nobody knows do not.
 */
export const statusUnasked = (token: PartnerToken): TokenStatus | undefined =>
  unaskedFor.includes(token.whitelist) ? undefined : statusOfPushed(token);

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
