import { omitUndefined } from '../../units/omit-undefined.ts';
import type { PartnerToken } from '../model/token.ts';
import type { OurParty } from '../partner/our-party.ts';

/** A token of one of our drivers, as far as partners may know of it. */
export type OwnToken = {
  readonly tokenId: string;
  readonly status: string;
  readonly accountId?: string;
  readonly validUntil?: string;
  readonly parentTokenId?: string;
};

/** The one type that our tokens have for partners, and that they ask about unless they name another. */
export const ownTokenType = 'RFID';

/** Whether a token may charge depends on more than partners are shown: on an account, a group or a time. */
const hasToBeAsked = ({ accountId, validUntil, parentTokenId }: OwnToken): boolean =>
  accountId !== undefined || validUntil !== undefined || parentTokenId !== undefined;

/**
 * A token of ours in the canonical form of OCPI. Its contract is named like it, since we have no other name for one. `changedAt` is
 * ISO 8601 in UTC.
 */
export const partnerToken = (
  { countryCode, partyId, businessName }: OurParty,
  token: OwnToken,
  changedAt: string,
): PartnerToken =>
  omitUndefined({
    countryCode,
    partyId,
    uid: token.tokenId,
    type: ownTokenType,
    contractId: token.tokenId,
    issuer: businessName,
    groupId: token.parentTokenId,
    valid: token.status === 'Accepted',
    whitelist: hasToBeAsked(token) ? 'NEVER' : 'ALLOWED',
    lastUpdated: changedAt,
  });

/** The token that partners see next: undefined where nothing changed for them. One that is gone is not valid any more. */
export function nextPartnerToken(
  before: PartnerToken | undefined,
  after: PartnerToken | undefined,
  changedAt: string,
): PartnerToken | undefined {
  if (after === undefined) {
    return before?.valid === true ? { ...before, valid: false, lastUpdated: changedAt } : undefined;
  }
  if (before === undefined) return after;
  const { lastUpdated: _was, ...known } = before;
  const { lastUpdated: _is, ...now } = after;
  const names = [...new Set([...Object.keys(known), ...Object.keys(now)])];
  const isSame = names.every((name) => Reflect.get(known, name) === Reflect.get(now, name));
  return isSame ? undefined : after;
}
