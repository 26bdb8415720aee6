import { tellOfToken } from '../../roaming/tell-of-token.ts';
import { countTokenChange } from '../../store/chargers/desired-configuration.ts';
import { deleteToken } from '../../store/operators/tokens.ts';
import type { Caller } from '../api-route.ts';

/**
 * Deletes a token wherever it may charge: chargers with a local list get one without it, and roaming partners that took it hear that it is not
 * valid. So does one that is gone: an earlier request may have deleted it and not come further.
 */
export async function forgetToken(
  { database, operatorId, now, sendPartnerMessages }: Caller,
  tokenId: string,
): Promise<'deleted' | 'absent'> {
  const deleted = await deleteToken(database, operatorId, tokenId);
  await countTokenChange(database, operatorId, now, true);
  await tellOfToken(database, sendPartnerMessages, operatorId, tokenId);
  return deleted;
}
