import type { Codec } from '../codec/codec.ts';
import { required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import type { CdrToken } from '../model/shared.ts';

/** CdrToken since 2.2.1, with the token types of the version. */
export const cdrTokenOf = (type: Codec<string>): Codec<CdrToken> =>
  record<CdrToken>({
    countryCode: required('country_code', id(2)),
    partyId: required('party_id', id(3)),
    uid: required('uid', id(36)),
    type: required('type', type),
    contractId: required('contract_id', id(36)),
  });
