import * as z from 'zod';
import { done, refused } from '../../http/answer.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { id } from '../forms.ts';
import { eraseAccount } from './erase-personal-data.ts';
import { forgetToken } from './forget-token.ts';
import { keptData } from './kept-data.ts';

const ErasureSchema = z
  .strictObject({
    account: z.boolean(),
    tokens: z.array(z.string()),
    kept: z.array(z.strictObject({ data: z.string(), reason: z.string() })),
    nextCursor: z.string().nullable(),
  })
  .meta({
    id: 'Erasure',
    description:
      'account says whether its registration was deleted, tokens which tokens were; kept names what stays, and why. Where nextCursor is not null, the same call with it as cursor goes on.',
  });

const TokenErasureForm = z.strictObject({});

const AccountErasureForm = z.strictObject({ cursor: id(600).optional() });

/** The calls that delete personal data on request. */
export const erasureRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/accounts/{accountId}/erasure',
    summary:
      'Erases what is known of the person behind an account: the account with its name, address and numbers, and all of its tokens. Sealed CDRs stay, with ids alone; the answer names what is kept, and why.',
    scope: 'erasures:write',
    body: AccountErasureForm,
    example: {},
    response: ErasureSchema,
    errors: ['ACCOUNT_NOT_FOUND'],
    run: async (caller, { path: { accountId }, body: { cursor } }) => {
      const { account, tokens, next } = await eraseAccount(caller, accountId, cursor);
      const isUnknown = !account && tokens.length === 0 && next === null && cursor === undefined;
      if (isUnknown) return refused('ACCOUNT_NOT_FOUND');
      return done({ account, tokens, kept: keptData, nextCursor: next });
    },
  }),
  route({
    method: 'POST',
    path: '/tokens/{tokenId}/erasure',
    summary:
      'Erases what is known of a token: whose it is and what it may. Sealed CDRs stay, with its id alone; the answer names what is kept, and why.',
    scope: 'erasures:write',
    body: TokenErasureForm,
    example: {},
    response: ErasureSchema,
    errors: ['TOKEN_NOT_FOUND'],
    run: async (caller, { path: { tokenId } }) => {
      if ((await forgetToken(caller, tokenId)) === 'absent') return refused('TOKEN_NOT_FOUND');
      return done({ account: false, tokens: [tokenId], kept: keptData, nextCursor: null });
    },
  }),
];
