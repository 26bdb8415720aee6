import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Credentials } from '../model/credentials.ts';
import { connectedParties } from './connected-to.ts';
import type { OurParty } from './our-party.ts';
import type { Partner } from './partner.ts';
import { partiesAs } from './party-for.ts';

/**
 * The credentials that we give a partner: every party of ours that it is connected to, in each role that we play towards it. 2.1.1 has the
 * first alone, whatever the version was before: a registration may be for another one.
 */
export const ourCredentials = (
  parties: readonly OurParty[],
  { ourParties, ourRoles }: Pick<Partner, 'ourParties' | 'ourRoles'>,
  token: string,
  versionsUrl: string,
): Credentials => ({
  token,
  url: versionsUrl,
  roles: ourRoles.flatMap((role) =>
    partiesAs(connectedParties(omitUndefined({ ourParties, ourRoles }), parties), role).map(
      ({ countryCode, partyId, businessName, website }) => ({
        role,
        countryCode,
        partyId,
        businessDetails: {
          name: businessName,
          ...(website === undefined ? {} : { website }),
        },
      }),
    ),
  ),
});
