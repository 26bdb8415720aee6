import type * as z from 'zod';
import { reachedLimits } from '../../../core/account/account-use.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import { readAccountUse, readLimited } from '../../store/accounts/account-use.ts';
import {
  type AccountChange,
  changeAccount,
  createAccount,
  deleteAccount,
  listAccounts,
  readAccount,
  type StoredAccount,
} from '../../store/accounts/accounts.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { AccountChangeForm, AccountForm } from './account-form.ts';
import { AccountSchema, accountView, SingleAccountSchema, useView } from './account-view.ts';

const removable = ['email', 'externalRef', 'vatId'] as const;

function changeOf(form: z.output<typeof AccountChangeForm>): AccountChange {
  const { name, email, externalRef, currency, vatId, limits } = form;
  return {
    set: {
      name,
      email: email ?? undefined,
      externalRef: externalRef ?? undefined,
      currency,
      vatId: vatId ?? undefined,
      limits,
    },
    remove: removable.filter((fact) => form[fact] === null),
  };
}

/** All that counts against the limits of an account in the current month. */
async function useOf({ database, operatorId, now }: Caller, account: StoredAccount) {
  const limited = await readLimited(database, operatorId, account.accountId);
  if (limited === undefined) return null;
  const month = now.slice(0, 7);
  const { use } = await readAccountUse(database, limited, month, limited.running);
  return {
    month,
    ...useView(use, account.currency),
    reached: [...reachedLimits(account, use)],
  };
}

/** The calls about accounts. */
export const accountRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/accounts',
    summary:
      'Creates an account: who pays for the sessions of the tokens that name it, and how much they may use in a month.',
    scope: 'accounts:write',
    body: AccountForm,
    example: {
      accountId: 'customer-17',
      name: 'Bakery Miller',
      email: 'office@bakery.example',
      externalRef: 'D-10017',
      currency: 'EUR',
      vatId: 'DE123456789',
      limits: { energyKwh: '500', inclVat: '250.00' },
    },
    status: 201,
    response: AccountSchema,
    errors: ['ACCOUNT_EXISTS'],
    repeatable: true,
    run: async ({ database, operatorId, now }, { body, keepAnswer }) => {
      const { accountId, name, email, externalRef, currency, vatId, limits } = body;
      const account: StoredAccount = omitUndefined({
        accountId: accountId ?? newId('acc'),
        operatorId,
        name,
        email: email ?? undefined,
        externalRef: externalRef ?? undefined,
        currency,
        vatId: vatId ?? undefined,
        limits: limits ?? {},
        createdAt: now,
        updatedAt: now,
        version: 1,
      });
      const answer = accountView(account);
      const created = await createAccount(database, account, keptPart(keepAnswer, answer));
      return created === 'exists' ? refused('ACCOUNT_EXISTS') : done(answer);
    },
  }),
  listRoute({
    path: '/accounts',
    summary: 'Lists accounts by id.',
    scope: 'accounts:read',
    item: AccountSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listAccounts(database, operatorId, page);
      return { items: items.map(accountView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/{accountId}',
    summary: 'Returns an account, with what it has used of its limits.',
    scope: 'accounts:read',
    response: SingleAccountSchema,
    errors: ['ACCOUNT_NOT_FOUND'],
    run: async (caller, { path: { accountId } }) => {
      const account = await readAccount(caller.database, caller.operatorId, accountId);
      if (account === undefined) return refused('ACCOUNT_NOT_FOUND');
      return done({ ...accountView(account), use: await useOf(caller, account) });
    },
  }),
  route({
    method: 'PATCH',
    path: '/accounts/{accountId}',
    summary:
      'Changes an account; new limits hold at once, also for sessions that run. null removes a value, and limits are replaced together.',
    scope: 'accounts:write',
    body: AccountChangeForm,
    example: { limits: { energyKwh: '800' }, vatId: null },
    response: AccountSchema,
    errors: ['ACCOUNT_NOT_FOUND', 'ACCOUNT_CHANGED'],
    run: async ({ database, operatorId, now }, { path: { accountId }, body }) => {
      const changed = await changeAccount(database, { operatorId, accountId }, changeOf(body), {
        updatedAt: now,
        version: body.version,
      });
      if (changed === 'absent') return refused('ACCOUNT_NOT_FOUND');
      return changed === 'changed' ? refused('ACCOUNT_CHANGED') : done(accountView(changed));
    },
  }),
  route({
    method: 'DELETE',
    path: '/accounts/{accountId}',
    summary:
      'Deletes an account with its limits; tokens, sessions and CDRs keep its id, and statements can still be fetched.',
    scope: 'accounts:write',
    status: 204,
    errors: ['ACCOUNT_NOT_FOUND'],
    run: async ({ database, operatorId }, { path: { accountId } }) =>
      (await deleteAccount(database, operatorId, accountId)) === 'absent'
        ? refused('ACCOUNT_NOT_FOUND')
        : doneSilently,
  }),
];
