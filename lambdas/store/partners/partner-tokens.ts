import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { statusOfPushed, statusUnasked } from '../../../core/ocpi/authorize/asked-token.ts';
import { fromKeptText, toKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import type { PartnerToken } from '../../../core/ocpi/model/token.ts';
import { isOutdated, timeOfChange } from '../../../core/ocpi/received/times-ahead.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, optionalText, text, toItem } from '../table/item.ts';
import { tokenItemKey } from '../table/keys/token-keys.ts';

/** A token of a driver of a partner, as it was pushed. */
export type RoamingToken = {
  readonly partnerId: string;
  readonly token: PartnerToken;
  /** True where the partner is a hub: a token belongs to one of the parties behind it, and no other of them can change it. */
  readonly isThroughHub?: boolean;
  /** Present where the partner ordered a session or a reservation for it, or allowed it when it was asked. */
  readonly commanded?: CommandedToken;
};

/** Until when a token may charge because its partner said so, ISO 8601 in UTC; by a command unless `isAsked`. */
export type CommandedToken = {
  readonly until: string;
  readonly authorizationReference?: string;
  /** Because its partner was asked. */
  readonly isAsked?: true;
};

/** Attributes of a token that its partner ordered a session for: a push meanwhile takes that back only where it blocks the token. */
function commandedAttributes(before: Item | undefined, token: PartnerToken, changedAt: string) {
  if (before?.['commanded'] === undefined || !token.valid) return {};
  const commanded = document<CommandedToken>(before, 'commanded');
  if (changedAt > commanded.until) return {};
  const mayCharge = statusOfPushed(token) === 'Accepted' && statusUnasked(token) === undefined;
  return {
    commanded: JSON.stringify(commanded),
    status: 'Accepted',
    validUntil: mayCharge ? undefined : commanded.until,
  };
}

/** Whether a token is not that of a partner, or of another party behind the same hub. */
const isTaken = (before: Item | undefined, partnerId: string, party: string | undefined): boolean =>
  before !== undefined &&
  (before['partnerId']?.S !== partnerId ||
    (party !== undefined && before['party'] !== undefined && before['party'].S !== party));

/** Whether a token is one that its partner changed before what is kept of it: it arrived late, as in a page that was pulled meanwhile. */
function isOlder(before: Item | undefined, token: PartnerToken, receivedAt: string): boolean {
  if (before === undefined) return false;
  const held = fromKeptText<PartnerToken>(text(before, 'roaming'));
  return held.type === token.type && isOutdated(token.lastUpdated, held.lastUpdated, receivedAt);
}

/**
 * Whether a token has the uid of a card (RFID) that is valid, or is a card with the uid of another token: by its uid alone, which is all that a charger
 * reads, one of the two would charge on the contract of the other. Of other types the word may change, as with the version.
 */
function isOfAnotherType(before: Item | undefined, token: PartnerToken): boolean {
  if (before === undefined) return false;
  // A command names a token before it was pushed, perhaps by another word; what its partner was asked about is the card itself.
  const isCommanded =
    before['commanded'] !== undefined &&
    document<CommandedToken>(before, 'commanded').isAsked !== true;
  if (isCommanded) return false;
  const held = fromKeptText<PartnerToken>(text(before, 'roaming'));
  return held.valid && (held.type === 'RFID') !== (token.type === 'RFID');
}

/** The condition that a token is as it was read. */
const ifAsRead = (before: Item | undefined, partnerId: string) =>
  before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'partnerId = :partnerId AND roaming = :asRead',
        ExpressionAttributeValues: {
          ':partnerId': { S: partnerId },
          ':asRead': { S: text(before, 'roaming') },
        },
      };

/** The attribute and the condition by which a token stays that of its party. */
const whose = ({ partnerId, token: { countryCode, partyId }, isThroughHub }: RoamingToken) => {
  const partner = { ':partnerId': { S: partnerId } };
  const free = 'attribute_not_exists(pk) OR partnerId = :partnerId';
  if (isThroughHub !== true) {
    return { party: undefined, ConditionExpression: free, ExpressionAttributeValues: partner };
  }
  const party = `${countryCode}-${partyId}`.toUpperCase();
  return {
    party,
    ConditionExpression:
      'attribute_not_exists(pk) OR (partnerId = :partnerId AND (attribute_not_exists(party) OR party = :party))',
    ExpressionAttributeValues: { ...partner, ':party': { S: party } },
  };
};

/**
 * Keeps a token of a partner beside the operator's own, where chargers look for it; an operator's own, and one of another
 * partner, stays as it is (`taken`), and so does a valid one of another type (`another-type`), and one that the partner changed later (`older`).
 * `changed`: somebody else wrote it at this moment.
 */
export async function writeRoamingToken(
  database: Database,
  operatorId: string,
  pushed: RoamingToken,
  changedAt: string,
): Promise<'created' | 'replaced' | 'taken' | 'another-type' | 'older' | 'changed'> {
  const { partnerId, token } = pushed;
  const { party } = whose(pushed);
  const before = await getItem(database, tokenItemKey(operatorId, token.uid), true);
  if (isTaken(before, partnerId, party)) return 'taken';
  if (isOfAnotherType(before, token)) return 'another-type';
  if (isOlder(before, token, changedAt)) return 'older';
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...tokenItemKey(operatorId, token.uid),
          kind: 'TOKEN',
          operatorId,
          tokenId: token.uid,
          status: statusOfPushed(token),
          unasked: statusUnasked(token),
          partnerId,
          party,
          roaming: toKeptText(token),
          changedAt,
          ...commandedAttributes(before, token, changedAt),
        }),
        ...ifAsRead(before, partnerId),
      }),
    ),
  );
  if (put.kind === 'refused') return 'changed';
  return before === undefined ? 'created' : 'replaced';
}

/** Reads a token that a partner pushed; undefined for one of the operator's own. */
export async function readRoamingToken(
  database: Database,
  operatorId: string,
  uid: string,
): Promise<RoamingToken | undefined> {
  const item = await getItem(database, tokenItemKey(operatorId, uid), true);
  const partnerId = item && optionalText(item, 'partnerId');
  return item === undefined || partnerId === undefined
    ? undefined
    : {
        partnerId,
        token: fromKeptText<PartnerToken>(text(item, 'roaming')),
        ...(item['commanded'] === undefined
          ? {}
          : { commanded: document<CommandedToken>(item, 'commanded') }),
      };
}

/**
 * Lets a token charge for a while because its partner said so, whether or not it was pushed, under the id by which chargers get
 * it. One that may charge anyway may do so later too, of any other the partner is asked then. `taken`: it is the operator's own, or another partner's.
 */
export async function keepCommandedToken(
  database: Database,
  operatorId: string,
  tokenId: string,
  ordered: RoamingToken,
  commanded: CommandedToken,
  changedAt: string,
): Promise<'kept' | 'taken'> {
  const { partnerId, token } = ordered;
  const { party, ...condition } = whose(ordered);
  const key = tokenItemKey(operatorId, tokenId);
  const before = await getItem(database, key, true);
  const mayCharge =
    before !== undefined &&
    optionalText(before, 'status') === 'Accepted' &&
    before['validUntil'] === undefined &&
    before['unasked'] === undefined;
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...key,
          kind: 'TOKEN',
          operatorId,
          tokenId,
          partnerId,
          party,
          changedAt,
          status: 'Accepted',
          validUntil: mayCharge ? undefined : commanded.until,
          unasked: mayCharge
            ? undefined
            : ((before && optionalText(before, 'unasked')) ?? 'Invalid'),
          roaming: toKeptText({
            ...token,
            lastUpdated: timeOfChange(token.lastUpdated, changedAt),
          }),
          commanded: JSON.stringify(commanded),
        }),
        ...condition,
      }),
    ),
  );
  return put.kind === 'refused' ? 'taken' : 'kept';
}
