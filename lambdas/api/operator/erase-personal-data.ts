import { deleteAccount } from '../../store/accounts/accounts.ts';
import { forgetUse } from '../../store/accounts/forget-use.ts';
import { listTokens } from '../../store/operators/tokens.ts';
import type { Caller } from '../api-route.ts';
import { forgetToken } from './forget-token.ts';

/** Pages of tokens that one call goes through, of 100 each: a fleet's tokens are more than a call has time for. */
const mostPages = 20;

/** All that a call has erased, and where the next one goes on; null when nothing is left. */
export type Erased = {
  readonly account: boolean;
  readonly tokens: readonly string[];
  readonly next: string | null;
};

/**
 * Deletes all tokens of an account, its sums and then the account, from a place on. The account is last, so that a call that dies is found to
 * be unfinished. To do it again changes nothing.
 */
export async function eraseAccount(
  caller: Caller,
  accountId: string,
  from: string | undefined,
): Promise<Erased> {
  const { database, operatorId } = caller;
  const tokens: string[] = [];
  let after = from;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next } = await listTokens(database, operatorId, { limit: 100, after });
    for (const token of items.filter((one) => one.accountId === accountId)) {
      await forgetToken(caller, token.tokenId);
      tokens.push(token.tokenId);
    }
    after = next ?? undefined;
    if (next === null) break;
  }
  if (after !== undefined) return { account: false, tokens, next: after };
  await forgetUse(database, operatorId, accountId);
  const account = (await deleteAccount(database, operatorId, accountId)) === 'deleted';
  return { account, tokens, next: null };
}
