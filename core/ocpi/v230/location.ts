import { many, optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { decimal, flag, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import { energyMix230 } from '../common/energy-mix.ts';
import { openBusinessDetails, openImage } from '../common/texts.ts';
import type { ParkingPlace, PartnerLocation, PublishToken } from '../model/location.ts';
import { locationMembers221 } from '../v221/location.ts';
import { evse230 } from './evse.ts';

const parkingPlace = record<ParkingPlace>({
  id: required('id', id(36)),
  physicalReference: optional('physical_reference', text(12)),
  vehicleTypes: some('vehicle_types', openWord),
  maxVehicleWeight: optional('max_vehicle_weight', decimal()),
  maxVehicleHeight: optional('max_vehicle_height', decimal()),
  maxVehicleLength: optional('max_vehicle_length', decimal()),
  maxVehicleWidth: optional('max_vehicle_width', decimal()),
  parkingSpaceLength: optional('parking_space_length', decimal()),
  parkingSpaceWidth: optional('parking_space_width', decimal()),
  dangerousGoodsAllowed: optional('dangerous_goods_allowed', flag),
  direction: optional('direction', openWord),
  driveThrough: optional('drive_through', flag),
  restrictedToType: required('restricted_to_type', flag),
  reservationRequired: required('reservation_required', flag),
  timeLimit: optional('time_limit', decimal()),
  roofed: optional('roofed', flag),
  images: many('images', openImage),
  lighting: optional('lighting', flag),
  refrigerationOutlet: optional('refrigeration_outlet', flag),
  standards: many('standards', id(255)),
  apdsReference: optional('apds_reference', id(255)),
});

const publishToken = record<PublishToken>({
  uid: optional('uid', id(36)),
  type: optional('type', openWord),
  visualNumber: optional('visual_number', id(64)),
  issuer: optional('issuer', id(64)),
  groupId: optional('group_id', id(36)),
});

/** Location of 2.3.0: with parking places and a telephone number for help. */
export const location230 = record<PartnerLocation>({
  ...locationMembers221,
  publishAllowedTo: many('publish_allowed_to', publishToken),
  parkingType: optional('parking_type', openWord),
  evses: many('evses', evse230),
  parkingPlaces: many('parking_places', parkingPlace),
  operator: optional('operator', openBusinessDetails),
  suboperator: optional('suboperator', openBusinessDetails),
  owner: optional('owner', openBusinessDetails),
  facilities: many('facilities', openWord),
  images: many('images', openImage),
  energyMix: optional('energy_mix', energyMix230),
  helpPhone: optional('help_phone', id(25)),
});

/** Translates a location into 2.3.0 and back. */
export const { to: toLocation230, from: fromLocation230 } = pairOf(location230);
