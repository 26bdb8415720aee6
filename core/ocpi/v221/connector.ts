import { lacking, many, optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, decimal, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word } from '../codec/word.ts';
import { formats, powerTypes221, standards221 } from '../common/connector-words.ts';
import type { PartnerConnector } from '../model/connector.ts';

/** The fields of a Connector of 2.2.1. */
export const connectorMembers221 = {
  id: required('id', id(36)),
  standard: required('standard', word(standards221)),
  format: required('format', word(formats)),
  powerType: required('power_type', word(powerTypes221)),
  maxVoltage: required(['max_voltage', 'voltage'], decimal(0)),
  maxAmperage: required(['max_amperage', 'amperage'], decimal(0)),
  maxElectricPower: optional('max_electric_power', decimal(0)),
  tariffIds: many('tariff_ids', id(36)),
  termsAndConditions: optional('terms_and_conditions', id(255)),
  capabilities: lacking([]),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerConnector>;

/** Connector of 2.2.1. */
export const connector221 = record<PartnerConnector>(connectorMembers221);

/** Translates a connector into 2.2.1 and back. */
export const { to: toConnector221, from: fromConnector221 } = pairOf(connector221);
