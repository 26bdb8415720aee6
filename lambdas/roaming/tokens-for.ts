import type { PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { PartnerCall } from './call-partner.ts';
import type { PartnerName, RoamingServices } from './roaming-services.ts';
import { openToken } from './sealed-token.ts';

/** The token that a partner is called with, and the one before while nobody knows whether that has ended. */
export async function tokensFor(
  { keyOf }: Pick<RoamingServices, 'keyOf'>,
  partner: PartnerName,
  { encoding, sealedToken, sealedBefore }: PartnerRegistration,
): Promise<Pick<PartnerCall, 'token' | 'encoding' | 'tokenBefore'>> {
  const key = await keyOf(partner);
  const tokenBefore = sealedBefore === undefined ? undefined : openToken(key, sealedBefore);
  return omitUndefined({ token: openToken(key, sealedToken), encoding, tokenBefore });
}
