import { eventReaderKey } from './event-keys.ts';
import type { Key } from './key.ts';
import { tokenPart } from './token-keys.ts';

/** The parties that an operator is for its roaming partners. */
export const ocpiSettingsKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'OCPI',
});

/** The members of the hub between the operators of the deployment, which is no operator's. */
export const hubMembersKey: Key = { pk: 'PARTNER#-', sk: 'HUB' };

/** A roaming partner of an operator. */
export const partnerKey = (operatorId: string, partnerId: string): Key => ({
  pk: `PARTNER#${operatorId}#${partnerId}`,
  sk: 'PARTNER',
});

/** The partner that may call us with a token, by its SHA-256 in hex: the token itself is not kept. */
export const partnerTokenKey = (tokenHash: string): Key => ({
  pk: `PARTNERTOKEN#${tokenHash}`,
  sk: 'PARTNERTOKEN',
});

/** A list of what partners see: of an operator, for all of its partners (`scope` is `-`) or for one, of one module. */
export type PublicationList = {
  readonly operatorId: string;
  readonly scope: string;
  readonly module:
    | 'locations'
    | 'tariffs'
    | 'sessions'
    | 'cdrs'
    | 'tokens'
    | 'chargingprofiles'
    | 'invoicereconciliation';
};

const publications = ({ operatorId, scope, module }: PublicationList): string =>
  `PUBLISHED#${operatorId}#${scope}#${module}`;

/** Objects that share one partition of such a list, and one query by the time of their last change. */
const publicationsPerShard = 10_000;

/** The partition of the object that is the n-th of such a list (n counts from 1), also in the listing index. */
export const publicationShard = (list: PublicationList, position: number): string =>
  `${publications(list)}#${Math.floor((position - 1) / publicationsPerShard)}`;

/** The partitions of such a list with so many objects. */
export const publicationShards = (list: PublicationList, count: number): readonly string[] =>
  Array.from({ length: Math.ceil(count / publicationsPerShard) }, (_none, shard) =>
    publicationShard(list, shard * publicationsPerShard + 1),
  );

/** The object that became the n-th of such a list when partners first saw it; it keeps its place. */
export const publicationKey = (list: PublicationList, position: number): Key => ({
  pk: publicationShard(list, position),
  sk: String(position).padStart(10, '0'),
});

/** The place of an object in such a list, by its id, which is compared without regard to case. */
export const publicationPlaceKey = (list: PublicationList, objectId: string): Key => ({
  pk: `${publications(list)}#AT#${tokenPart(objectId.toUpperCase())}`,
  sk: 'PLACE',
});

/** The invoice of ours that a CDR of such a list was put on last. */
export const invoicedCdrKey = (list: PublicationList, cdrId: string): Key => ({
  pk: publicationPlaceKey(list, cdrId).pk,
  sk: 'INVOICE',
});

/** How many objects such a list has. */
export const publicationCountKey = (list: PublicationList): Key => ({
  pk: publications(list),
  sk: 'COUNT',
});

/** That an operator has roaming partners, who see what changes, beside the webhooks. */
export const eventPartnersKey = (operatorId: string): Key => ({
  pk: eventReaderKey(operatorId).pk,
  sk: 'PARTNERS',
});

/** How far a partner is with an object that is pushed to it. */
export const partnerPushKey = (
  operatorId: string,
  partnerId: string,
  module: PublicationList['module'],
  objectId: string,
): Key => ({
  pk: `PUSH#${operatorId}#${partnerId}#${module}#${tokenPart(objectId.toUpperCase())}`,
  sk: 'PUSH',
});

/** That a partner was sent that a charger dropped its reservation, by the command that made it. */
export const toldDropKey = (
  operatorId: string,
  partnerId: string,
  chargerKey: string,
  sequence: string,
): Key => ({
  pk: `PUSH#${operatorId}#${partnerId}#reservations#${chargerKey}#${sequence}`,
  sk: 'DROPPED',
});

/** The pushes to a partner that have not arrived, in the order in which they were first tried. */
export const openPushes = (operatorId: string, partnerId: string): string =>
  `${operatorId}#PUSH#${partnerId}`;

/** A reservation that a partner asked for, by its number at the charger. */
export const reservationNumberKey = (chargerKey: string, number: number): Key => ({
  pk: `PARTNER#RESERVED#${chargerKey}`,
  sk: `RESERVATION#${number}`,
});

/** A reservation that a partner asked for, by the partner's id of it. */
export const partnerReservationKey = (
  operatorId: string,
  partnerId: string,
  reservationId: string,
): Key => ({
  pk: partnerKey(operatorId, partnerId).pk,
  sk: `RESERVATION#${tokenPart(reservationId.toUpperCase())}`,
});
