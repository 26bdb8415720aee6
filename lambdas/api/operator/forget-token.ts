import { tellOfToken } from '../../roaming/tell-of-token.ts';
import { deleteToken } from '../../store/operators/delete-token.ts';
import type { Caller } from '../api-route.ts';

/** Longer than a call takes: by then the token is gone, or the call has ended before it deleted it. */
const afterCall = 60;

/**
 * Deletes a token wherever it may charge: chargers with a local list get one without it, and roaming partners that took it hear that it is not
 * valid. So does one that is gone. Wherever the call dies, what it deleted is heard of: the count of changes is written with the deletion, and
 * a look at the token is asked for before it.
 */
export async function forgetToken(
  { database, operatorId, now, sendPartnerMessages }: Caller,
  tokenId: string,
): Promise<'deleted' | 'absent'> {
  await tellOfToken(database, sendPartnerMessages, operatorId, tokenId, afterCall);
  const deleted = await deleteToken(database, operatorId, tokenId, now);
  await tellOfToken(database, sendPartnerMessages, operatorId, tokenId);
  return deleted;
}
