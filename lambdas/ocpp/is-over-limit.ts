import { reachedLimits } from '../../core/account/account-use.ts';
import { localDate } from '../../core/units/local-date.ts';
import { readAccountUse, readLimited } from '../store/accounts/account-use.ts';
import type { MessageContext } from './message-context.ts';

/** A start that was sent so late was answered by the charger itself: what it used then is not known now, ms. */
const stillNow = 300_000;

/** True if an account may not charge now because it has used up a limit of this month; `at` is when its token was presented, epoch ms. */
export async function isOverLimit(
  { database, charger, now }: MessageContext,
  accountId: string,
  at: number,
): Promise<boolean> {
  if (at < now - stillNow) return false;
  const limited = await readLimited(database, charger.operatorId, accountId);
  if (limited === undefined) return false;
  const { account, running } = limited;
  const month = localDate(new Date(now).toISOString(), charger.timeZone).slice(0, 7);
  const { use } = await readAccountUse(database, limited, month, running);
  return reachedLimits(account, use).length > 0;
}
