import { type AccountRest, accountRest } from '../../../core/account/account-rest.ts';
import { reachedLimits } from '../../../core/account/account-use.ts';
import { localDate } from '../../../core/units/local-date.ts';
import { readAccountUse, readLimited } from '../../store/accounts/account-use.ts';
import type { MessageContext } from '../message-context.ts';

/** A start that was sent so late was answered by the charger itself: what it used then is not known now, ms. */
const stillNow = 300_000;

/** How an account with limits stands in this month. */
type AccountStanding = {
  /** True if it has used up one of them. */
  readonly isOver: boolean;
  /** The rest for a session, which its own use does not count against. */
  readonly rest: AccountRest;
};

/**
 * Reads how an account stands now; `at` is when its token was presented, epoch ms, and `own` the session that it is for. Undefined where
 * it has no limits, or where that was too long ago.
 */
export async function accountStanding(
  { database, charger, now }: MessageContext,
  accountId: string,
  at: number,
  own: string | undefined,
): Promise<AccountStanding | undefined> {
  if (at < now - stillNow) return undefined;
  const limited = await readLimited(database, charger.operatorId, accountId);
  if (limited === undefined) return undefined;
  const { account, running } = limited;
  const month = localDate(new Date(now).toISOString(), charger.timeZone).slice(0, 7);
  const { use, ofOthers } = await readAccountUse(database, limited, month, running, own);
  return { isOver: reachedLimits(account, use).length > 0, rest: accountRest(account, ofOthers) };
}
