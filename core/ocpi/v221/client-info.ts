import { required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import type { ClientInfo } from '../model/client-info.ts';

/** Role of a party in 2.2.1. */
export const role221 = word(words('CPO EMSP HUB NAP NSP OTHER SCSP'), { otherwise: 'OTHER' });

/** The fields of a ClientInfo of 2.2.1. */
export const clientInfoMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  role: required('role', role221),
  status: required('status', word(words('CONNECTED OFFLINE PLANNED SUSPENDED'))),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<ClientInfo>;

/** Translates what a hub says about a party into 2.2.1 and back. */
export const { to: toClientInfo221, from: fromClientInfo221 } = pairOf(
  record<ClientInfo>(clientInfoMembers221),
);
