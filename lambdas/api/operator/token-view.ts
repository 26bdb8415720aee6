import * as z from 'zod';
import type { StoredToken } from '../../store/operators/tokens.ts';
import { timeText } from '../common-schemas.ts';
import { PartySchema } from '../partners/party-form.ts';

/** Answer to a charger about a token. */
export const tokenStatuses = ['Accepted', 'Blocked', 'Expired', 'Invalid'] as const;

/** A token as the operator API shows it. */
export const TokenSchema = z
  .strictObject({
    tokenId: z.string(),
    accountId: z.string().nullable(),
    status: z.string().meta({ examples: [...tokenStatuses] }),
    validUntil: timeText.nullable(),
    parentTokenId: z.string().nullable(),
    promoCode: z.string().nullable(),
    party: PartySchema.nullable().meta({
      description:
        'The party of OCPI whose driver’s it is for roaming partners; null: the first of the operator.',
    }),
  })
  .meta({ id: 'Token' });

/** Shows a token. */
export const tokenView = (token: StoredToken) => ({
  tokenId: token.tokenId,
  accountId: token.accountId ?? null,
  status: token.status,
  validUntil: token.validUntil ?? null,
  parentTokenId: token.parentTokenId ?? null,
  promoCode: token.promoCode ?? null,
  party: token.party ?? null,
});
