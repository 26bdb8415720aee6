import type { PatchRules } from './patch-object.ts';

const parties = ['country_code', 'party_id', 'id', 'last_updated'];

/** PATCH of a session: charging periods are added, everything else is replaced. */
export const sessionPatch: PatchRules = {
  appends: ['charging_periods'],
  required: [
    ...parties,
    'start_date_time',
    'kwh',
    'cdr_token',
    'auth_method',
    'location_id',
    'evse_uid',
    'connector_id',
    'currency',
    'status',
  ],
  spellings: [
    ['start_date_time', 'start_datetime'],
    ['end_date_time', 'end_datetime'],
  ],
};

/** Which fields of a location a PATCH adds to, and which it may not take away. */
export const locationPatch: PatchRules = {
  appends: [],
  required: [...parties, 'publish', 'address', 'city', 'country', 'coordinates', 'time_zone'],
};

/** Which fields of a token a PATCH adds to, and which it may not take away. */
export const tokenPatch: PatchRules = {
  appends: [],
  required: [
    'country_code',
    'party_id',
    'uid',
    'type',
    'contract_id',
    'issuer',
    'valid',
    'whitelist',
    'last_updated',
  ],
  spellings: [['contract_id', 'auth_id']],
};

/** Which fields of an EVSE a PATCH adds to, and which it may not take away. */
export const evsePatch: PatchRules = {
  appends: [],
  required: ['uid', 'status', 'connectors', 'last_updated'],
};

/** Which fields of a connector a PATCH adds to, and which it may not take away. */
export const connectorPatch: PatchRules = {
  appends: [],
  required: ['id', 'standard', 'format', 'power_type', 'last_updated'],
  spellings: [
    ['max_voltage', 'voltage'],
    ['max_amperage', 'amperage'],
  ],
};

/** PATCH of a tariff, which 2.1.1 alone has. */
export const tariffPatch: PatchRules = {
  appends: [],
  required: ['id', 'currency', 'elements', 'last_updated'],
};
