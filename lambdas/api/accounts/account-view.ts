import * as z from 'zod';
import type { AccountUse } from '../../../core/account/account-use.ts';
import { moneyDecimals } from '../../../core/analytics/figures.ts';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { decimalOf, shortDecimal } from '../../../core/units/decimal.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import type { StoredAccount } from '../../store/accounts/accounts.ts';
import { decimalText, timeText } from '../common-schemas.ts';

/** An account as the operator API shows it. */
export const AccountSchema = z
  .strictObject({
    accountId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    externalRef: z.string().nullable(),
    currency: z.string(),
    vatId: z.string().nullable(),
    limits: z.strictObject({
      energyKwh: z.number().nullable(),
      inclVat: decimalText.nullable(),
    }),
    createdAt: timeText,
    updatedAt: timeText,
    version: z.int().meta({ description: 'Counts up with every change.' }),
  })
  .meta({ id: 'Account' });

/** An account that is asked for by its id. */
export const SingleAccountSchema = AccountSchema.extend({
  use: z
    .strictObject({
      month: z.string(),
      energyKwh: z.number(),
      inclVat: decimalText,
      reached: z.array(z.enum(['energy', 'money'])),
    })
    .nullable()
    .meta({
      description:
        'What counts against its limits in the current month, in UTC: sealed CDRs and sessions that run. Null without limits.',
    }),
}).meta({ id: 'SingleAccount' });

/** Shows an amount of 10,000ths with the decimals of its currency, and more where it has more. */
export const amountText = (amount: bigint, currency: string): string =>
  shortDecimal(amount, moneyDecimals, currencyDecimals(currency) ?? 2);

/** Shows an account. */
export const accountView = ({ operatorId: _, limits, ...account }: StoredAccount) => ({
  ...account,
  email: account.email ?? null,
  externalRef: account.externalRef ?? null,
  vatId: account.vatId ?? null,
  limits: {
    energyKwh: limits.energyKwh === undefined ? null : Number(limits.energyKwh),
    inclVat:
      limits.inclVat === undefined
        ? null
        : amountText(decimalOf(limits.inclVat, moneyDecimals), account.currency),
  },
});

/** Shows what an account has used. */
export const useView = ({ energy, inclVat }: AccountUse, currency: string) => ({
  energyKwh: kwhNumber(energy),
  inclVat: amountText(inclVat, currency),
});
