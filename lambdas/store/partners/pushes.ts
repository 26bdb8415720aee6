import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Loss } from '../../../core/ocpi/codec/losses.ts';
import type { PushedModule } from '../../../core/ocpi/push/pushed-modules.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalNumber, optionalText, text } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { openPushes, partnerPushKey } from '../table/keys/partner-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';
import { updateOf } from '../table/update.ts';

/** An object that is pushed to a partner. */
export type PushName = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly module: PushedModule;
  readonly objectId: string;
};

/** The latest attempt of a push that failed. */
export type FailedPush = {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The status of HTTP and that of OCPI; absent where the partner did not answer, or not in OCPI. */
  readonly http?: number;
  readonly statusCode?: number;
  /** A word for why there was no answer, or a sentence of the partner. */
  readonly message: string;
};

/** How far a partner is with an object that is pushed to it. */
export type PartnerPush = PushName & {
  /** `impossible`: its version has no words for the object. */
  readonly state: 'pending' | 'delivered' | 'failed' | 'impossible';
  /** The revision of the object that the partner acknowledged; 0 before the first. */
  readonly sentRevision: number;
  /** The object as the partner acknowledged it, in JSON; absent where it has to be sent whole. */
  readonly sent?: string;
  /** ISO 8601 in UTC, as all times here. */
  readonly sentAt?: string;
  /** Attempts that failed since the last success. */
  readonly attempts: number;
  readonly failingSince?: string;
  readonly lastFailure?: FailedPush;
  /** A message is on its way that looks again at this time. */
  readonly plannedAt?: string;
  /** The party of ours that the object was of when the partner acknowledged it, as in `DE-OUR`. */
  readonly owner?: string;
  /** The address that a partner gave a CDR. */
  readonly location?: string;
  readonly losses: readonly Loss[];
  /** How many further losses are not kept; absent: none. */
  readonly lossesLeftOut?: number;
  /** Why it is impossible. */
  readonly reason?: string;
  /** Counts up with every change. */
  readonly version: number;
};

const dictionary = 2;
const states = ['pending', 'delivered', 'failed', 'impossible'] as const;

const pushFrom = (item: Item): PartnerPush =>
  omitUndefined({
    operatorId: text(item, 'operatorId'),
    partnerId: text(item, 'partnerId'),
    module: text(item, 'module') as PushedModule,
    objectId: text(item, 'objectId'),
    state: states.find((one) => one === text(item, 'state')) ?? 'pending',
    sentRevision: number(item, 'sentRevision'),
    sent: item['sent'] === undefined ? undefined : unpackedText(item, 'sent'),
    sentAt: optionalText(item, 'sentAt'),
    attempts: number(item, 'attempts'),
    failingSince: optionalText(item, 'failingSince'),
    lastFailure:
      item['lastFailure'] === undefined ? undefined : document<FailedPush>(item, 'lastFailure'),
    plannedAt: optionalText(item, 'plannedAt'),
    owner: optionalText(item, 'owner'),
    location: optionalText(item, 'location'),
    lossesLeftOut: optionalNumber(item, 'lossesLeftOut'),
    losses: item['losses'] === undefined ? [] : document<readonly Loss[]>(item, 'losses'),
    reason: optionalText(item, 'reason'),
    version: optionalNumber(item, 'version') ?? 0,
  });

const keyOf = ({ operatorId, partnerId, module, objectId }: PushName) =>
  partnerPushKey(operatorId, partnerId, module, objectId);

/** Reads how far a partner is with an object; undefined where nothing was tried. */
export async function readPush(
  database: Database,
  name: PushName,
): Promise<PartnerPush | undefined> {
  const item = await getItem(database, keyOf(name), true);
  return item?.['state'] === undefined ? undefined : pushFrom(item);
}

/** The right to push an object, which one function has at a time: what it sends arrives in order. */
export type PushClaim = { readonly id: string; readonly push: PartnerPush };

const fresh = (name: PushName): PartnerPush => ({
  operatorId: name.operatorId,
  partnerId: name.partnerId,
  module: name.module,
  objectId: name.objectId,
  state: 'pending',
  sentRevision: 0,
  attempts: 0,
  losses: [],
  version: 0,
});

/** Takes the right to push an object for a moment, unless another function has it. `now` and `until` are epoch ms. */
export async function claimPush(
  database: Database,
  name: PushName,
  id: string,
  now: number,
  until: number,
): Promise<PushClaim | 'busy'> {
  const update = updateOf({
    set: { claim: id, claimedUntil: until, kind: 'PUSH' },
    values: { now },
  });
  const taken = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(keyOf(name)),
        ...update,
        ConditionExpression: 'attribute_not_exists(#claim) OR #claimedUntil < :now',
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  if (taken.kind === 'refused') return 'busy';
  const item = taken.output.Attributes ?? {};
  if (item['state'] === undefined) return { id, push: fresh(name) };
  const { sent, ...push } = pushFrom(item);
  // One that was never given back ended in the middle: nobody knows what the partner got, and the object is sent whole.
  const isKnown = item['claim'] === undefined && sent !== undefined;
  return { id, push: isKnown ? { ...push, sent } : push };
}

/** The list in which a push is found while it has not arrived. */
const listedAt = (push: PartnerPush) =>
  push.state === 'delivered' || push.failingSince === undefined
    ? undefined
    : {
        listKey: openPushes(push.operatorId, push.partnerId),
        listSort: `${push.failingSince}#${push.module}#${push.objectId}`,
      };

const optional = [
  'sent',
  'sentAt',
  'failingSince',
  'lastFailure',
  'plannedAt',
  'owner',
  'location',
  'losses',
  'lossesLeftOut',
  'reason',
  'listKey',
  'listSort',
] as const;

/** Keeps how far a partner is, and gives the claim back; `lost` where another function took it meanwhile. */
export async function keepPush(
  database: Database,
  claim: PushClaim,
  push: PartnerPush,
): Promise<'kept' | 'lost'> {
  const { sent, lastFailure, losses, ...rest } = push;
  const set = omitUndefined({
    ...rest,
    ...listedAt(push),
    version: push.version + 1,
    lastFailure: lastFailure && JSON.stringify(lastFailure),
    losses: losses.length === 0 ? undefined : JSON.stringify(losses),
  });
  const has = (name: string): boolean => name in set || (name === 'sent' && sent !== undefined);
  const update = updateOf({
    set,
    remove: [...optional.filter((name) => !has(name)), 'claim', 'claimedUntil'],
    values: { claimed: claim.id },
    ...(sent === undefined ? {} : { names: ['sent'] }),
  });
  const packed = sent === undefined ? undefined : packedText(sent, dictionary);
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(keyOf(push)),
        ...update,
        UpdateExpression:
          packed === undefined
            ? update.UpdateExpression
            : update.UpdateExpression.replace('SET ', 'SET #sent = :sent, '),
        ExpressionAttributeValues: {
          ...update.ExpressionAttributeValues,
          ...(packed === undefined ? {} : { ':sent': packed }),
        },
        ConditionExpression: '#claim = :claimed',
      }),
    ),
  );
  return written.kind === 'refused' ? 'lost' : 'kept';
}

/** Lists the pushes to a partner that have not arrived, those that fail for longest first. */
export const listOpenPushes = async (
  database: Database,
  operatorId: string,
  partnerId: string,
  request: ListRequest,
): Promise<Listed<PartnerPush>> =>
  await listThings(
    database,
    { steps: [[openPushes(operatorId, partnerId)]], order: 'ascending', ...request },
    pushFrom,
  );
