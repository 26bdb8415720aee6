import { parseDecimal } from '../../units/decimal.ts';
import { NumberLiteral } from '../../units/json-literals.ts';
import { words } from '../codec/word.ts';
import type { Fields } from '../common/fields.ts';
import { addField, mapFields } from './map-fields.ts';
import type { DocumentQuirk } from './quirk.ts';
import { tokenWithParty } from './token-with-party.ts';

const numbers = new Set(
  words(`kwh total_energy total_time total_parking_time total_cost excl_vat incl_vat before_taxes amount percentage
    price vat step_size volume voltage amperage max_voltage max_amperage max_electric_power min_kwh max_kwh min_power
    max_power min_current max_current min_duration max_duration timeout weekday width height limit start_period duration`),
);

const texts = new Set(
  words(`id uid evse_id location_id evse_uid connector_id session_id tariff_id auth_id contract_id visual_number
    postal_code physical_reference floor_level meter_id latitude longitude country_code party_id group_id
    authorization_reference credit_reference_id invoice_reference_id`),
);

const lists = new Set(
  words(`evses connectors capabilities tariff_ids charging_periods dimensions elements price_components tariffs
    tariff_alt_text day_of_week parking_restrictions facilities images directions status_schedule roles endpoints
    evse_uids related_locations publish_allowed_to taxes signed_values`),
);

const flags = new Set(
  words(`publish valid credit is_green_energy twentyfourseven charging_when_closed home_charging_compensation
    discharge_allowed`),
);

/** Objects of the modules that carry the time of their last change. */
const isStamped = (fields: Fields): boolean =>
  ['connectors', 'power_type', 'evses', 'elements', 'whitelist', 'kwh', 'total_cost'].some((name) =>
    Object.hasOwn(fields, name),
  );

const inBooleans: Readonly<Record<string, boolean>> = {
  TRUE: true,
  FALSE: false,
  '1': true,
  '0': false,
};

/** Known mistakes in the documents of partners, in the order in which they are repaired. */
export const documentQuirks: readonly DocumentQuirk[] = [
  {
    kind: 'document',
    name: 'explicit-nulls',
    meaning: 'Fields without a value are sent as null instead of being left out.',
    repair: (document) => mapFields(document, (_name, value) => value ?? undefined),
  },
  {
    kind: 'document',
    name: 'empty-text-for-nothing',
    meaning: 'Fields without a value are sent as empty text.',
    repair: (document) => mapFields(document, (_name, value) => (value === '' ? undefined : value)),
  },
  {
    kind: 'document',
    name: 'text-for-numbers',
    meaning: 'Numbers are sent as text, as in "2.00".',
    repair: (document) =>
      mapFields(document, (name, value) => {
        if (!numbers.has(name) || typeof value !== 'string') return value;
        const text = value.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2');
        return parseDecimal(text) === undefined ? value : new NumberLiteral(text);
      }),
  },
  {
    kind: 'document',
    name: 'numbers-for-text',
    meaning: 'Identifiers and coordinates are sent as numbers.',
    repair: (document) =>
      mapFields(document, (name, value) =>
        texts.has(name) && value instanceof NumberLiteral ? value.text : value,
      ),
  },
  {
    kind: 'document',
    name: 'text-for-flags',
    meaning: 'True and false are sent as text or as 1 and 0.',
    repair: (document) =>
      mapFields(document, (name, value) => {
        if (!flags.has(name)) return value;
        const text = value instanceof NumberLiteral ? value.text : value;
        return typeof text === 'string' ? (inBooleans[text.toUpperCase()] ?? value) : value;
      }),
  },
  {
    kind: 'document',
    name: 'single-for-list',
    meaning: 'A list of one is sent as its only item.',
    repair: (document) =>
      mapFields(document, (name, value) =>
        lists.has(name) && !Array.isArray(value) && value !== null ? [value] : value,
      ),
  },
  {
    kind: 'document',
    name: 'missing-last-updated',
    meaning: 'Objects lack the time of their last change: the time of arrival is taken.',
    repair: (document, { receivedAt }) => addField(document, isStamped, 'last_updated', receivedAt),
  },
  {
    kind: 'document',
    name: 'token-without-party',
    meaning:
      'The token of a CDR or session has no party, as in an example of 2.2.1: that of its contract is taken.',
    repair: (document) =>
      mapFields(document, (name, value) => (name === 'cdr_token' ? tokenWithParty(value) : value)),
  },
];
