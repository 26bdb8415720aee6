import type { PriceList } from '../../../core/session/price-list.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { readToken, type StoredToken } from '../../store/operators/tokens.ts';
import { readPartner } from '../../store/partners/partners.ts';
import type { Database } from '../../store/table/client.ts';

/** A token that was presented at a charger, as it was read before we answered about it, and our answer. */
export type AnsweredToken = {
  readonly operatorId: string;
  /** Absent where none was presented. */
  readonly tokenId: string | undefined;
  readonly stored: StoredToken | undefined;
  readonly authorization: TokenAuthorization;
};

/** The partner whose driver it is; one that nobody knew may charge only because a partner that was asked has it since. */
async function partnerOf(
  database: Database,
  { operatorId, tokenId, stored, authorization }: AnsweredToken,
): Promise<string | undefined> {
  if (stored !== undefined || !tokenId || authorization.status !== 'Accepted') {
    return stored?.partnerId;
  }
  return (await readToken(database, operatorId, tokenId, true))?.partnerId;
}

/** Reads what a roaming driver pays instead of the tariffs of places; nothing is read for a driver of the operator's own. */
export async function readPriceList(
  database: Database,
  answered: AnsweredToken,
): Promise<PriceList | undefined> {
  const partnerId = await partnerOf(database, answered);
  if (partnerId === undefined) return undefined;
  return (await readPartner(database, answered.operatorId, partnerId))?.tariffIds;
}
