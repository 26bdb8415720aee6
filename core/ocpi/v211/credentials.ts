import { lacking, type Member, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { businessDetails } from '../common/texts.ts';
import type { Credentials, CredentialsRole } from '../model/credentials.ts';

const partyNames = ['business_details', 'party_id', 'country_code'];

const onlyRole = record<CredentialsRole>({
  role: lacking(),
  businessDetails: required('business_details', businessDetails),
  partyId: required('party_id', id(3)),
  countryCode: required('country_code', id(2)),
});

/** The one party of the connection, whose fields are those of the credentials themselves: the first is sent. */
const roles: Member<readonly CredentialsRole[], unknown> = {
  names: partyNames,
  read: (parent, context) => {
    const read = onlyRole.read(parent, context);
    if (read === undefined) return [];
    const { extra: _ofCredentials, ...role } = read;
    return [role];
  },
  write: ([first], into, context) => {
    const written = first === undefined ? undefined : onlyRole.write(first, context);
    if (written === undefined) return false;
    Object.assign(into, written);
    return true;
  },
};

/** Translates credentials into 2.1.1 and back: one party, whose role the URL of the versions says. */
export const { to: toCredentials211, from: fromCredentials211 } = pairOf(
  record<Credentials>({
    token: required('token', id(64)),
    url: required('url', id(255)),
    roles,
    hubPartyId: lacking(),
  }),
);
