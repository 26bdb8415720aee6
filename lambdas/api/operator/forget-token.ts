import { changeAndTell } from '../../roaming/change-and-tell.ts';
import { deleteToken } from '../../store/operators/delete-token.ts';
import type { Caller } from '../api-route.ts';

/**
 * Deletes a token wherever it may charge: chargers with a local list get one without it, and roaming partners that took it hear that it is not
 * valid. So does one that is gone. Wherever the call dies, what it deleted is heard of.
 */
export const forgetToken = async (
  caller: Caller,
  tokenId: string,
): Promise<'deleted' | 'absent'> => {
  const { database, operatorId, now } = caller;
  return await changeAndTell(caller, tokenId, () =>
    deleteToken(database, operatorId, tokenId, now),
  );
};
