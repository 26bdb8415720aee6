import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { RedeemedPromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import type { StoredSession } from '../sessions/session-item.ts';
import type { Database } from '../table/client.ts';
import { toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { type PromoHolder, promoCodeItemKey, promoUsesKey } from '../table/keys/promo-code-keys.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';
import type { StoredPromoCode } from './promo-codes.ts';

/** A promo code that is to be redeemed for a session, both as they were read. */
export type RedemptionWrite = {
  readonly stored: StoredSession;
  readonly code: StoredPromoCode;
  readonly holder: PromoHolder;
  readonly redeemed: RedeemedPromoCode;
};

/** One more use of the code: the same one as was read, and one is left. */
function codeUse(database: Database, { stored, code }: RedemptionWrite): TransactWriteItem {
  const { code: name, uses } = code.promo;
  const limited = uses === undefined ? '' : ' AND redeemed < :uses';
  return {
    Update: {
      TableName: database.state,
      Key: keyAttributes(promoCodeItemKey(stored.session.operatorId, name)),
      UpdateExpression: 'ADD redeemed :one',
      ConditionExpression: `promoCodeId = :promoCodeId${limited}`,
      ExpressionAttributeValues: toItem({
        ':one': 1,
        ':promoCodeId': code.promoCodeId,
        ':uses': uses,
      }),
    },
  };
}

/** One more use by the account; counted only where a limit asks for it. */
function accountUse(
  database: Database,
  { stored, code, holder }: RedemptionWrite,
): readonly TransactWriteItem[] {
  const { code: name, usesPerAccount } = code.promo;
  if (usesPerAccount === undefined) return [];
  const key = promoUsesKey(stored.session.operatorId, name, code.promoCodeId, holder);
  return [
    {
      Update: {
        TableName: database.state,
        Key: keyAttributes(key),
        UpdateExpression: 'SET kind = :kind ADD redeemed :one',
        ConditionExpression: 'attribute_not_exists(redeemed) OR redeemed < :usesPerAccount',
        ExpressionAttributeValues: toItem({
          ':kind': 'PROMOUSES',
          ':one': 1,
          ':usesPerAccount': usesPerAccount,
        }),
      },
    },
  ];
}

/** The session gets what the code gives: it has none yet, and is as it was read. */
function sessionGift(database: Database, { stored, redeemed }: RedemptionWrite): TransactWriteItem {
  return {
    Update: {
      TableName: database.state,
      Key: keyAttributes(sessionKey(stored.session.sessionId)),
      ...updateOf({
        set: { promoCode: JSON.stringify(redeemed), version: stored.version + 1 },
        names: ['cdrSequence'],
        values: { expectedVersion: stored.version },
      }),
      ConditionExpression:
        '#version = :expectedVersion AND attribute_not_exists(#promoCode) AND attribute_not_exists(#cdrSequence)',
    },
  };
}

/**
 * Redeems a promo code for a session: the use of the code, that of the account and what the session gets are written
 * together or not at all. `changed`: one of them is not what was read. `busy`: somebody else writes one of them.
 * A code is one item, so that its last use is given once: it takes some hundred redemptions a second.
 */
export async function writeRedemption(
  database: Database,
  write: RedemptionWrite,
): Promise<'redeemed' | 'changed' | 'busy'> {
  const items = [
    codeUse(database, write),
    ...accountUse(database, write),
    sessionGift(database, write),
  ];
  try {
    await database.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return 'redeemed';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (reasons.includes('ConditionalCheckFailed')) return 'changed';
    if (reasons.includes('TransactionConflict')) return 'busy';
    throw error;
  }
}
