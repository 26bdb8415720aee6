import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { SealedUse } from '../../../core/account/account-use.ts';
import { moneyDecimals, type TenThousandths } from '../../../core/analytics/figures.ts';
import { sumOf } from '../../../core/ocpi/common/decimal-text.ts';
import type { SettledCdr } from '../../../core/ocpi/settle/settle.ts';
import { parseDecimal, roundDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import type { Database } from '../table/client.ts';
import { type Item, text } from '../table/item.ts';
import { accountRoamingKey } from '../table/keys/account-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';

/** The sums of the CDRs of an account's drivers at roaming partners, of a month in one currency. */
export type RoamingSum = SealedUse & { readonly month: string };

const whole = (literal: string, decimals: number): bigint => {
  const decimal = parseDecimal(literal);
  return decimal === undefined ? 0n : roundDecimal(decimal, decimals);
};

/** Reads sums of an account from their item. */
export function roamingSumFrom(item: Item): RoamingSum {
  const [, month = '', currency = ''] = text(item, 'sk').split('#');
  return {
    month,
    currency,
    figures: {
      energy: milliWattHours(BigInt(item['energy']?.N ?? '0')),
      inclVat: BigInt(item['inclVat']?.N ?? '0') as TenThousandths,
    },
  };
}

/**
 * The write by which a CDR of a roaming partner counts for the account of its driver; it goes into the transaction that keeps the CDR,
 * so that each counts once. Where the partner states no VAT, the amount without it counts.
 */
export function roamingSumPart(
  { state }: Database,
  { operatorId, accountId }: { readonly operatorId: string; readonly accountId: string },
  { month, currency, energyKwh, parts }: SettledCdr,
): TransactWriteItem {
  const inclVat = sumOf(parts.map((part) => part.inclVat ?? part.exclVat));
  return {
    Update: {
      TableName: state,
      Key: keyAttributes(accountRoamingKey(operatorId, accountId, month, currency)),
      UpdateExpression: 'SET kind = :kind ADD energy :energy, inclVat :inclVat',
      ExpressionAttributeValues: {
        ':kind': { S: 'ACCOUNTROAMING' },
        ':energy': { N: String(whole(energyKwh, 6)) },
        ':inclVat': { N: String(whole(inclVat, moneyDecimals)) },
      },
    },
  };
}
