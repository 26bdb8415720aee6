import type { Credentials } from '../model/credentials.ts';
import type { OurParty, OurRole } from './our-party.ts';

/** The credentials that we give a partner: every party of ours in each role that we play towards it. */
export const ourCredentials = (
  parties: readonly OurParty[],
  roles: readonly OurRole[],
  token: string,
  versionsUrl: string,
): Credentials => ({
  token,
  url: versionsUrl,
  roles: roles.flatMap((role) =>
    parties
      .filter((party) => party.roles.includes(role))
      .map(({ countryCode, partyId, businessName, website }) => ({
        role,
        countryCode,
        partyId,
        businessDetails: {
          name: businessName,
          ...(website === undefined ? {} : { website }),
        },
      })),
  ),
});
