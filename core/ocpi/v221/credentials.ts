import { lacking, required, some } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { businessDetails } from '../common/texts.ts';
import type { Credentials, CredentialsRole } from '../model/credentials.ts';
import { role221 } from './client-info.ts';

/** The fields of a CredentialsRole of 2.2.1. */
export const credentialsRoleMembers221 = {
  role: required('role', role221),
  businessDetails: required('business_details', businessDetails),
  partyId: required('party_id', id(3)),
  countryCode: required('country_code', id(2)),
} satisfies Members<CredentialsRole>;

/** Translates credentials into 2.2.1 and back. */
export const { to: toCredentials221, from: fromCredentials221 } = pairOf(
  record<Credentials>({
    token: required('token', id(64)),
    url: required('url', id(255)),
    roles: some('roles', record<CredentialsRole>(credentialsRoleMembers221)),
    hubPartyId: lacking(),
  }),
);
