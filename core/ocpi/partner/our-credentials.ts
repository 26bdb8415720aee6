import type { Credentials } from '../model/credentials.ts';
import { connectedParties } from './connected-to.ts';
import type { OurParty } from './our-party.ts';
import type { Partner } from './partner.ts';
import { partiesAs } from './party-for.ts';

/** The credentials that we give a partner: every party of ours that it is connected to, in each role that we play towards it. */
export const ourCredentials = (
  parties: readonly OurParty[],
  partner: Pick<Partner, 'ourParties' | 'ourRoles' | 'registration'>,
  token: string,
  versionsUrl: string,
): Credentials => ({
  token,
  url: versionsUrl,
  roles: partner.ourRoles.flatMap((role) =>
    partiesAs(connectedParties(partner, parties), role).map(
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
