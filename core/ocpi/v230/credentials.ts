import { optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { openBusinessDetails } from '../common/texts.ts';
import type { Credentials, CredentialsRole } from '../model/credentials.ts';
import { credentialsRoleMembers221 } from '../v221/credentials.ts';
import { role230 } from './client-info.ts';

/** Translates credentials into 2.3.0 and back. */
export const { to: toCredentials230, from: fromCredentials230 } = pairOf(
  record<Credentials>({
    token: required('token', id(64)),
    url: required('url', id(255)),
    roles: some(
      'roles',
      record<CredentialsRole>({
        ...credentialsRoleMembers221,
        role: required('role', role230),
        businessDetails: required('business_details', openBusinessDetails),
      }),
    ),
    hubPartyId: optional('hub_party_id', id(5)),
  }),
);
