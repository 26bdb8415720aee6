import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { normalizePromoCode } from '../../../core/tariff/model/normalize-promo-code.ts';
import type { PromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import type { Database } from '../table/client.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalNumber, text, toItem } from '../table/item.ts';
import { lists } from '../table/keys/lists.ts';
import { type PromoHolder, promoCodeItemKey, promoUsesKey } from '../table/keys/promo-code-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';

/** A promo code as it is kept: it never changes, but for how often it was redeemed. */
export type StoredPromoCode = {
  /** Tells it from one of the same name that was deleted. */
  readonly promoCodeId: string;
  readonly createdAt: string;
  readonly promo: PromoCode;
  /** How often it was redeemed so far. */
  readonly redeemed: number;
};

const promoCodeFrom = (item: Item): StoredPromoCode => ({
  promoCodeId: text(item, 'promoCodeId'),
  createdAt: text(item, 'createdAt'),
  promo: document<PromoCode>(item, 'document'),
  redeemed: number(item, 'redeemed'),
});

/** Keeps a new promo code, together with `more`; one that exists stays as it is. */
export async function createPromoCode(
  database: Database,
  operatorId: string,
  stored: StoredPromoCode,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'exists'> {
  const { promo, promoCodeId, createdAt, redeemed } = stored;
  const Item = toItem({
    ...promoCodeItemKey(operatorId, promo.code),
    kind: 'PROMOCODE',
    operatorId,
    promoCodeId,
    createdAt,
    redeemed,
    document: JSON.stringify(promo),
    listKey: lists.promoCodes(operatorId),
    listSort: normalizePromoCode(promo.code),
  });
  const put = { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return (await putWith(database, put, more)) ? 'created' : 'exists';
}

/** Reads a promo code of an operator. */
export async function readPromoCode(
  database: Database,
  operatorId: string,
  code: string,
): Promise<StoredPromoCode | undefined> {
  const item = await getItem(database, promoCodeItemKey(operatorId, code), true);
  return item === undefined ? undefined : promoCodeFrom(item);
}

/** Reads how often an account redeemed a promo code. */
export async function readUsesOf(
  database: Database,
  operatorId: string,
  { promo, promoCodeId }: StoredPromoCode,
  holder: PromoHolder,
): Promise<number> {
  const key = promoUsesKey(operatorId, promo.code, promoCodeId, holder);
  const item = await getItem(database, key, true);
  return (item && optionalNumber(item, 'redeemed')) ?? 0;
}

/** Deletes a promo code; sessions that redeemed it keep what it gave. */
export async function deletePromoCode(
  database: Database,
  operatorId: string,
  code: string,
): Promise<'deleted' | 'absent'> {
  return await deleteItem(database, promoCodeItemKey(operatorId, code));
}

/** Lists an operator's promo codes by name. */
export const listPromoCodes = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<StoredPromoCode>> =>
  await listThings(
    database,
    { steps: [[lists.promoCodes(operatorId)]], order: 'ascending', ...request },
    promoCodeFrom,
  );
