import { lacking, type Member, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, decimal, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word } from '../codec/word.ts';
import {
  formats,
  powerTypes211,
  powerTypesInstead,
  standards211,
} from '../common/connector-words.ts';
import type { PartnerConnector } from '../model/connector.ts';

const tariffId = optional('tariff_id', id(36));

/** This version has one tariff for a connector: the first is sent. */
const firstTariff: Member<readonly string[], unknown> = {
  names: tariffId.names,
  read: (parent, context) => {
    const read = tariffId.read(parent, context);
    return read === undefined ? [] : [read];
  },
  write: ([first], into, context, whole) => tariffId.write(first, into, context, whole),
};

/** Connector of 2.1.1. */
export const connector211 = record<PartnerConnector>({
  id: required('id', id(36)),
  standard: required('standard', word(standards211)),
  format: required('format', word(formats)),
  powerType: required('power_type', word(powerTypes211, { instead: powerTypesInstead })),
  maxVoltage: required(['voltage', 'max_voltage'], decimal(0)),
  maxAmperage: required(['amperage', 'max_amperage'], decimal(0)),
  maxElectricPower: lacking(),
  tariffIds: firstTariff,
  termsAndConditions: optional('terms_and_conditions', id(255)),
  capabilities: lacking([]),
  lastUpdated: required('last_updated', dateTime),
});

/** Translates a connector into 2.1.1 and back; one whose standard the version does not know cannot be said. */
export const { to: toConnector211, from: fromConnector211 } = pairOf(connector211);
