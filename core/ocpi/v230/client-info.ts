import { required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import type { ClientInfo } from '../model/client-info.ts';
import { clientInfoMembers221 } from '../v221/client-info.ts';

/** Role of a party in 2.3.0, where a hub has none: it states `hub_party_id`. */
export const role230 = word(words('CPO EMSP NAP NSP OTHER SCSP'), { otherwise: 'OTHER' });

/** Translates what a hub says about a party into 2.3.0 and back. */
export const { to: toClientInfo230, from: fromClientInfo230 } = pairOf(
  record<ClientInfo>({ ...clientInfoMembers221, role: required('role', role230) }),
);
