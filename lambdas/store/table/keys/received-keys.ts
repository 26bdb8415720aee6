import { createHash } from 'node:crypto';
import type { Party } from '../../../../core/ocpi/model/party.ts';
import type { Key } from './key.ts';
import { lists } from './lists.ts';
import { tokenPart } from './token-keys.ts';

/** Whose an object of a partner is: it came over one connection, and belongs to a party behind it. */
export type ReceivedFrom = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly owner: Party;
};

/** Short names of what partners send, as in our ids. */
const kinds = {
  location: 'rlo',
  tariff: 'rta',
  session: 'rse',
  cdr: 'rcd',
  invoice: 'rin',
} as const;

/** The kinds of objects that partners send. */
export type ReceivedKind = keyof typeof kinds;

/**
 * Our id of an object of a partner, as in `rcd_…`: by connection, party and the party's id, which is compared without regard to
 * case and may have any length.
 */
export const receivedId = (
  kind: ReceivedKind,
  { partnerId, owner }: Omit<ReceivedFrom, 'operatorId'>,
  id: string,
): string => {
  const name = [
    partnerId,
    ...[owner.countryCode, owner.partyId, id].map((one) => one.toUpperCase()),
  ];
  const hash = createHash('sha256').update(JSON.stringify(name), 'utf8').digest('hex');
  return `${kinds[kind]}_${hash.slice(0, 32)}`;
};

const received = (operatorId: string, id: string): string => `RECEIVED#${operatorId}#${id}`;

/** A tariff, session or CDR of a partner, or a location without its EVSEs; by our id. */
export const receivedKey = (operatorId: string, id: string): Key => ({
  pk: received(operatorId, id),
  sk: 'OBJECT',
});

/** Start of the sort keys of the EVSEs of a partner's location. */
export const receivedEvsePrefix = 'EVSE#';

/** An EVSE of a partner's location, by our id of the location. */
export const receivedEvseKey = (operatorId: string, locationId: string, uid: string): Key => ({
  pk: received(operatorId, locationId),
  sk: `${receivedEvsePrefix}${tokenPart(uid.toUpperCase())}`,
});

/** The CDRs of a partner's session, by our id of the session. */
export const sessionCdrsKey = (operatorId: string, sessionId: string): Key => ({
  pk: received(operatorId, sessionId),
  sk: 'CDRS',
});

/** The credits of a partner's CDR, by our id of the CDR, which may come after them. */
export const cdrCreditsKey = (operatorId: string, cdrId: string): Key => ({
  pk: received(operatorId, cdrId),
  sk: 'CREDITS',
});

/** The records of the invoices that bill a partner's CDR, by our id of the CDR. */
export const cdrInvoicesKey = (operatorId: string, cdrId: string): Key => ({
  pk: received(operatorId, cdrId),
  sk: 'INVOICES',
});

/** Partition of the sessions and CDRs of one driver at one location of a partner. */
export const visitsPk = (
  { operatorId, partnerId, owner }: ReceivedFrom,
  contractId: string,
  locationId: string,
): string => {
  const parts = [partnerId, owner.countryCode, owner.partyId, contractId, locationId];
  const name = JSON.stringify(parts.map((one) => one.toUpperCase()));
  const hash = createHash('sha256').update(name, 'utf8').digest('hex');
  return received(operatorId, `VISITS#${hash.slice(0, 32)}`);
};

/**
 * Which command set the charging profile of a partner's session last, by the partner's id of the session: over the whole connection or,
 * behind a hub, where others may have that id, of a party.
 */
export const profileCommandKey = (
  operatorId: string,
  partnerId: string,
  sessionId: string,
  party?: Party,
): Key => ({
  pk: received(operatorId, `PROFILE#${partnerId}#${tokenPart(sessionId.toUpperCase())}`),
  sk:
    party === undefined
      ? 'COMMAND'
      : `COMMAND#${tokenPart(party.countryCode.toUpperCase())}#${tokenPart(party.partyId.toUpperCase())}`,
});

/** How far the pull of a module from a partner is. */
export const pullKey = (operatorId: string, partnerId: string, module: string): Key => ({
  pk: `RECEIVED#${operatorId}#PULL#${partnerId}`,
  sk: module,
});

/** When a partner is pulled from next. */
export const pullScheduleKey = (operatorId: string, partnerId: string): Key => ({
  pk: pullKey(operatorId, partnerId, '').pk,
  sk: 'SCHEDULE',
});

/** The operator and the partner of a key of pulls. */
export function partnerOfPullKey({ pk }: Key): {
  readonly operatorId: string;
  readonly partnerId: string;
} {
  const [, operatorId = '', , partnerId = ''] = pk.split('#');
  return { operatorId, partnerId };
}

/** Partition of what a hub says about the parties behind it. */
export const hubClientsPk = (operatorId: string, partnerId: string): string =>
  `RECEIVED#${operatorId}#HUB#${partnerId}`;

/** The partner of such a partition. */
export const partnerOfHubPk = (pk: string): string => pk.split('#').at(-1) ?? '';

/** The statements of a hub about one party behind it. */
export const hubClientKey = (
  operatorId: string,
  partnerId: string,
  { countryCode, partyId }: Party,
): Key => ({
  pk: hubClientsPk(operatorId, partnerId),
  sk: `${tokenPart(countryCode.toUpperCase())}#${tokenPart(partyId.toUpperCase())}`,
});

/** Partition of the locations of a cell of the map, or whose words begin with the same letters. */
export const receivedTermPk = (
  operatorId: string,
  by: 'CELL' | 'WORD',
  cellOrLetters: string,
): string => `RECEIVED#${operatorId}#${by}#${cellOrLetters}`;

/**
 * Partition of the listing index of sessions at roaming partners. They are with those that were declared void, which are rare, so that a
 * list of all sessions, own ones and those, takes a query for each state of own ones and no more.
 */
export const sessionsBesideVoid = (operatorId: string): string =>
  lists.sessions(operatorId, 'void', 0);

/** Partitions of the listing index of what partners sent. */
export const receivedLists = {
  /** The partners of all operators that are pulled from, by when that is due: one query finds none where none is. */
  duePulls: 'DUEPULL',
  locations: (operatorId: string): string => `${operatorId}#RECEIVEDLOCATION`,
  /** In the index of each charger's sessions: those of one state. */
  sessions: (operatorId: string, state: 'active' | 'ended'): string =>
    `${operatorId}#RECEIVEDSESSION#${state}`,
  cdrs: (operatorId: string, verdict: string): string => `${operatorId}#RECEIVEDCDR#${verdict}`,
  /** In the index of each charger's sessions: the CDRs of one partner. */
  cdrsOf: (operatorId: string, partnerId: string): string =>
    `${operatorId}#${partnerId}#RECEIVEDCDR`,
  /** In the index of each account: its sessions at partners. */
  sessionsOfAccount: (operatorId: string, accountId: string): string =>
    `${operatorId}#${accountId}#RECEIVEDSESSION`,
  /** The records of the CDRs that partners invoice. */
  invoices: (operatorId: string): string => `${operatorId}#RECEIVEDINVOICE`,
  /** In the index of each account: the CDRs of its sessions at partners. */
  cdrsOfAccount: (operatorId: string, accountId: string): string =>
    `${operatorId}#${accountId}#RECEIVEDCDR`,
} as const;
