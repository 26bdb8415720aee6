import { many, optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord, word, words } from '../codec/word.ts';
import { openImage } from '../common/texts.ts';
import type { EvseParking, PartnerEvse } from '../model/evse.ts';
import { evseMembers221 } from '../v221/evse.ts';
import { connector230 } from './connector.ts';

const evseParking = record<EvseParking>({
  parkingId: required('parking_id', id(36)),
  evsePosition: optional('evse_position', word(words('LEFT RIGHT CENTER'))),
});

/** EVSE of 2.3.0: with its parking places and the providers it accepts. */
export const evse230 = record<PartnerEvse>({
  ...evseMembers221,
  capabilities: many('capabilities', openWord),
  connectors: some('connectors', connector230),
  parkingRestrictions: many('parking_restrictions', openWord),
  images: many('images', openImage),
  parking: many('parking', evseParking),
  acceptedServiceProviders: many('accepted_service_providers', id(50)),
});

/** Translates an EVSE into 2.3.0 and back. */
export const { to: toEvse230, from: fromEvse230 } = pairOf(evse230);
