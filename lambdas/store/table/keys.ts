import { createHash } from 'node:crypto';
import type { Grouping, RollupKey } from '../../../core/analytics/rollup.ts';
import { spanOfDays } from '../../../core/analytics/span-of-days.ts';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { normalizeOperatorSlug } from '../../../core/operator/operator-slug.ts';
import { normalizePromoCode } from '../../../core/tariff/model/normalize-promo-code.ts';
import { normalizeTokenId } from '../../../core/token/normalize-token-id.ts';
import type { Item } from './item.ts';

/** Name of the index of all lists: sparse, over `listKey` and `listSort`; entries carry `chargerKey`, `atLocation` and `ofAccount`. */
export const listingIndex = 'listing';

/** Name of the index of each charger's sessions: keys alone, sparse, over `chargerListKey` and `listSort`. */
export const chargerListingIndex = 'charger-listing';

/**
 * Chargers that share one partition of a list. With 4 sessions a day each, an entry of a session or CDR costing 2 write
 * units, the busiest partition gets 80,000 units a day, 0.9 a second; 333 a second while all 10,000 CDRs are sealed within
 * one minute. A partition takes 1,000 a second. More chargers begin another shard, so that no partition grows with the fleet.
 */
const chargersPerShard = 10_000;

/** Primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/** Writes a primary key as DynamoDB takes it. */
export const keyAttributes = (key: Key): Item => ({ pk: { S: key.pk }, sk: { S: key.sk } });

/** The shard of the charger that is an operator's n-th (n counts from 1). */
export const shardOf = (chargerCount: number): number =>
  Math.floor((Math.max(1, chargerCount) - 1) / chargersPerShard);

/** The operator that everything else belongs to. */
export const operatorKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'OPERATOR',
});

/** Whose slug it is. */
export const operatorSlugKey = (slug: string): Key => ({
  pk: `OPERATORSLUG#${normalizeOperatorSlug(slug)}`,
  sk: 'OPERATORSLUG',
});

/** How an operator bills. */
export const settingsKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'SETTINGS',
});

/** The settings that an operator wants its chargers to have. */
export const operatorConfigurationKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'CONFIGURATION',
});

/** Where the sweep of all operators continues. */
export const sweepKey: Key = { pk: 'SWEEP', sk: 'POSITION' };

/** An API key, by the id that is part of its text. */
export const apiKeyItemKey = (apiKeyId: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: 'APIKEY',
});

/** How many calls an API key has made lately. */
export const apiKeyCallsKey = (apiKeyId: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: 'CALLS',
});

/** The answer to a request of an API key's that may be repeated. */
export const keptAnswerKey = (apiKeyId: string, name: string): Key => ({
  pk: `APIKEY#${apiKeyId}`,
  sk: `ANSWER#${name}`,
});

/** How many requests an API key has pushed sessions with in a window; a partition of its own keeps its counter away from its scopes. */
export const pushCountKey = (apiKeyId: string, window: number): Key => ({
  pk: `PUSHES#${apiKeyId}`,
  sk: String(window),
});

const charger = (chargerKey: string): string => `CHARGER#${chargerKey}`;

/** The charger of a partition of its own items. */
export const chargerKeyOfPk = (pk: string): string => pk.slice(charger('').length);

/** Start of the partitions that say which operators have a charger of an id. */
const chargerIds = (chargerId: string): string => `CHARGERID#${normalizeChargerId(chargerId)}`;

/** That an operator has a charger of this id, sorted by when it was registered. */
export const chargerIdKey = (chargerId: string, createdAt: string, operatorId: string): Key => ({
  pk: chargerIds(chargerId),
  sk: `${createdAt}#${operatorId}`,
});

/** The charger's registration. */
export const chargerItemKey = (chargerKey: string): Key => ({
  pk: charger(chargerKey),
  sk: 'CHARGER',
});

/** The charger's connection: the last `$connect` wins. */
export const connectionKey = (chargerKey: string): Key => ({
  pk: charger(chargerKey),
  sk: 'CONNECTION',
});

/** The charger's description of itself at its last boot. */
export const bootKey = (chargerKey: string): Key => ({ pk: charger(chargerKey), sk: 'BOOT' });

/** The settings that its operator wants this one charger to have. */
export const chargerConfigurationKey = (chargerKey: string): Key => ({
  pk: charger(chargerKey),
  sk: 'CONFIGURATION',
});

/** Start of the sort keys of a charger's connectors. */
export const connectorPrefix = 'EVSE#';

const connectorPart = ({ evseId, connectorId }: ConnectorRef): string =>
  `${connectorPrefix}${evseId}#CONNECTOR#${connectorId}`;

/** A connector of an EVSE; 0 and 0 mean the whole charger. */
export const connectorKey = (chargerKey: string, connector: ConnectorRef): Key => ({
  pk: charger(chargerKey),
  sk: connectorPart(connector),
});

/** The connector that a sort key names. */
export function connectorOfKey(sk: string): ConnectorRef {
  const [, evseId, , connectorId] = sk.split('#');
  return { evseId: Number(evseId), connectorId: Number(connectorId) };
}

/** A connection token, by its SHA-256 in hex: the token itself is not kept. */
export const connectionTokenKey = (tokenHash: string): Key => ({
  pk: `CONNECTIONTOKEN#${tokenHash}`,
  sk: 'CONNECTIONTOKEN',
});

/** Bytes of a token's id in a key. OCPP allows 20 (36 since 2.0.1); DynamoDB refuses more than 2048 in all. */
const mostTokenBytes = 512;

/** A text as part of a key; a long one by its hash. */
const shortened = (form: string, mostBytes: number): string =>
  Buffer.byteLength(form, 'utf8') <= mostBytes
    ? form
    : `sha256#${createHash('sha256').update(form, 'utf8').digest('hex')}`;

/** The id of a token, or another text of its length, as part of a key. */
export const tokenPart = (form: string): string => shortened(form, mostTokenBytes);

/** An RFID tag or app user; ids are compared case-insensitively. */
export const tokenItemKey = (operatorId: string, tokenId: string): Key => ({
  pk: `TOKEN#${operatorId}#${tokenPart(normalizeTokenId(tokenId))}`,
  sk: 'TOKEN',
});

const tariff = (operatorId: string, tariffId: string): string => `TARIFF#${operatorId}#${tariffId}`;

/** The tariff's name and latest version. */
export const tariffKey = (operatorId: string, tariffId: string): Key => ({
  pk: tariff(operatorId, tariffId),
  sk: 'TARIFF',
});

/** Start of the sort keys of a tariff's versions. */
export const tariffVersionPrefix = 'V#';

/** One version of a tariff, which never changes; sorted by when it was made. */
export const tariffVersionKey = (
  operatorId: string,
  tariffId: string,
  createdAt: string,
  version: number,
): Key => ({
  pk: tariff(operatorId, tariffId),
  sk: `${tariffVersionPrefix}${createdAt}#${String(version).padStart(6, '0')}`,
});

/** The number of the version that a sort key names. */
export const versionOfKey = (sk: string): number => Number(sk.slice(sk.lastIndexOf('#') + 1));

/** A site with chargers. */
export const locationKey = (operatorId: string, locationId: string): Key => ({
  pk: `LOCATION#${operatorId}#${locationId}`,
  sk: 'LOCATION',
});

const promoCode = (operatorId: string, code: string): string =>
  `PROMOCODE#${operatorId}#${normalizePromoCode(code)}`;

/** A promo code and how often it was redeemed; codes are compared case-insensitively. */
export const promoCodeItemKey = (operatorId: string, code: string): Key => ({
  pk: promoCode(operatorId, code),
  sk: 'PROMOCODE',
});

/** Who redeems a promo code: an account, or a token that has none. */
export type PromoHolder = { readonly accountId: string } | { readonly tokenId: string };

/**
 * How often one account redeemed a promo code. `promoCodeId` distinguishes a code from a deleted one of the same name.
 */
export const promoUsesKey = (
  operatorId: string,
  code: string,
  promoCodeId: string,
  holder: PromoHolder,
): Key => ({
  pk: promoCode(operatorId, code),
  sk:
    'accountId' in holder
      ? `USES#${promoCodeId}#ACCOUNT#${holder.accountId}`
      : `USES#${promoCodeId}#TOKEN#${tokenPart(normalizeTokenId(holder.tokenId))}`,
});

/** A session: facts only. */
export const sessionKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'SESSION',
});

/** The running view of a session: energy, power and cost so far. */
export const runningViewKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'LIVE',
});

/** A token that was presented for a session before its start arrived. */
export const presentedTokenKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'TOKEN',
});

/** A CDR that is held: it may be replaced while it is. */
export const heldKey = (sessionId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: 'HELD' });

/** Start of the sort keys of the public keys of a charger's meters. */
export const meterKeyPrefix = 'METERKEY#';

/** A public key of a charger's meter, by the id that derives from it. */
export const meterKeyItemKey = (chargerKey: string, meterKeyId: string): Key => ({
  pk: charger(chargerKey),
  sk: `${meterKeyPrefix}${meterKeyId}`,
});

/** Start of the sort keys of a charger's sealed CDRs. */
export const cdrPrefix = 'CDR#';

/** A sealed CDR at its place in the charger's chain; partitions of their own keep those out who may not write CDRs. */
export const cdrItemKey = (chargerKey: string, sequence: number): Key => ({
  pk: `CHAIN#${chargerKey}`,
  sk: `${cdrPrefix}${String(sequence).padStart(10, '0')}`,
});

/** The entry of a CDR in the list of its charger: by the end of its session (ISO 8601 in UTC), then by its id. */
export const chargerCdrKey = (chargerKey: string, endedAt: string, cdrId: string): Key => ({
  pk: `CDRS#${chargerKey}`,
  sk: `${endedAt}#${cdrId}`,
});

/** Partition of the readings that belong to a transaction. */
export const sessionReadingsPk = (sessionId: string): string => sessionId;

/** Partition of the statuses of an EVSE's connectors, and of its meter values that name no transaction: in OCPP 2.x they name no connector. */
export const evseReadingsPk = (chargerKey: string, evseId: number): string =>
  `${chargerKey}#${connectorPrefix}${evseId}`;

/** The session of a partition of readings; undefined for an EVSE's: the capitals of its part occur in no session's id. */
export const sessionOfReadingsPk = (pk: string): string | undefined =>
  pk.includes(`#${connectorPrefix}`) ? undefined : pk;

/** Partition of what a charger answered to requests of ours. */
export const repliesPk = (chargerKey: string): string => `${chargerKey}#REPLIES`;

/** Partition of what a charger said that only informs. */
export const chargerMessagesPk = (chargerKey: string): string => `${chargerKey}#MESSAGES`;

/** Place of such a message in its partition: by our clock, then by its content. */
export const chargerMessageSk = (receivedAt: string, contentHash: string): string =>
  `${receivedAt}#${contentHash}`;

/** Longest message id of OCPP in bytes, with room for characters of several bytes. */
const mostMessageIdBytes = 144;

/** Place of an answer in its partition: the replies to one request are adjacent, in the order of their receipt. */
export const replySk = (messageId: string, receivedAt: string, contentHash: string): string =>
  `${shortened(messageId, mostMessageIdBytes)}#${receivedAt}#${contentHash}`;

/** Place of one message in its partition: the charger's time first, then what it is, then its content. */
export const readingSk = (at: string, kind: string, contentHash: string): string =>
  `${at}#${kind}#${contentHash}`;

const commands = (chargerKey: string): string => `COMMANDS#${chargerKey}`;

/** Start of the sort keys of a charger's commands. */
export const commandPrefix = 'COMMAND#';

/** A command to a charger, by its place among the charger's commands. */
export const commandKey = (chargerKey: string, sequence: string): Key => ({
  pk: commands(chargerKey),
  sk: `${commandPrefix}${sequence}`,
});

/** The command that a charger has been sent and has not answered, and whether others wait. */
export const commandLineKey = (chargerKey: string): Key => ({
  pk: commands(chargerKey),
  sk: 'LINE',
});

/** Which desired configuration a charger has been held against. */
export const configuredKey = (chargerKey: string): Key => ({
  pk: commands(chargerKey),
  sk: 'CONFIGURED',
});

const events = (operatorId: string): string => `EVENTS#${operatorId}`;

/** The last chunk of an operator's event log. */
export const eventLogHeadKey = (operatorId: string): Key => ({
  pk: events(operatorId),
  sk: 'HEAD',
});

/** When an operator's events were read last. */
export const eventReaderKey = (operatorId: string): Key => ({
  pk: events(operatorId),
  sk: 'READER',
});

/** A webhook of an operator, beside the note of its readers: all for whom its events are meant are read at once. */
export const webhookKey = (operatorId: string, webhookId: string): Key => ({
  pk: events(operatorId),
  sk: `WEBHOOK#${webhookId}`,
});

/** A connection of the live feed that has subscribed, beside the webhooks. */
export const subscriberKey = (operatorId: string, connectionId: string): Key => ({
  pk: events(operatorId),
  sk: `SUBSCRIBER#${connectionId}`,
});

/** The delivery of an event to a webhook: a partition of its own, so that none takes the events of a fleet. */
export const deliveryKey = (webhookId: string, eventId: string): Key => ({
  pk: `DELIVERY#${webhookId}#${eventId}`,
  sk: 'DELIVERY',
});

/** A chunk of an operator's event log, counted from 1: a partition of its own, so that none takes more than one write. */
export const eventChunkKey = (operatorId: string, chunk: number): Key => ({
  pk: `EVENTLOG#${operatorId}#${chunk}`,
  sk: 'CHUNK',
});

/** The sums of an operator's CDRs: days in one partition in their order, the days of a span in one item; all other groups in one for each month. */
export const rollupKey = (operatorId: string, { by, month, group, currency }: RollupKey): Key => ({
  pk: rollupsPk(operatorId, by, month),
  sk: `${by === 'day' ? spanOfDays(group) : group}#${currency}`,
});

/** Partition of the rollups of a grouping. */
export const rollupsPk = (operatorId: string, by: Grouping, month: string): string =>
  by === 'day' ? `ROLLUP#${operatorId}#day` : `ROLLUP#${operatorId}#${by}#${month}`;

/** Partition of the index of a charger's sessions: an entry stays where it is whatever becomes of its session. */
export const chargerSessions = (chargerKey: string): string => `${chargerKey}#SESSION`;

/** Partition of the chargers of a location, in the index of each charger's sessions. */
export const chargersOfLocation = (operatorId: string, locationId: string): string =>
  `${operatorId}#${locationId}#CHARGER`;

/** Partitions of the listing index. */
export const lists = {
  /** All operators: one entry each, written once in its life. */
  operators: 'OPERATOR',
  chargers: (operatorId: string): string => `${operatorId}#CHARGER`,
  tokens: (operatorId: string): string => `${operatorId}#TOKEN`,
  tariffs: (operatorId: string): string => `${operatorId}#TARIFF`,
  campaigns: (operatorId: string): string => `${operatorId}#CAMPAIGN`,
  firmware: (operatorId: string): string => `${operatorId}#FIRMWARE`,
  locations: (operatorId: string): string => `${operatorId}#LOCATION`,
  accounts: (operatorId: string): string => `${operatorId}#ACCOUNT`,
  promoCodes: (operatorId: string): string => `${operatorId}#PROMOCODE`,
  apiKeys: (operatorId: string): string => `${operatorId}#APIKEY`,
  partners: (operatorId: string): string => `${operatorId}#PARTNER`,
  sessions: (operatorId: string, state: string, shard: number): string =>
    `${operatorId}#SESSION#${state}#${shard}`,
  cdrs: (operatorId: string, state: string, shard: number): string =>
    `${operatorId}#CDR#${state}#${shard}`,
  /** Finds the charger of a connection, should a message come without its authorizer's context. */
  connection: (connectionId: string): string => `CONNECTION#${connectionId}`,
} as const;
