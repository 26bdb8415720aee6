import * as z from 'zod';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { readPromoCode } from '../store/promo-codes.ts';
import {
  createToken,
  deleteToken,
  listTokens,
  readToken,
  replaceToken,
  type StoredToken,
} from '../store/tokens.ts';
import { done, doneSilently, refused } from './api-answer.ts';
import { id, listQuery, noBody, noQuery, time } from './forms.ts';
import { listRequest } from './list-request.ts';
import { promoCodeName } from './promo-code-form.ts';
import { type Caller, type Route, route } from './route.ts';

const statuses = ['Accepted', 'Blocked', 'Expired', 'Invalid'] as const;

/** A status in OCPP's words, in any case. */
const status = z
  .string()
  .transform((text) => statuses.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text)
  .pipe(z.enum(statuses));

const facts = {
  accountId: id(64).nullish(),
  status: status.default('Accepted'),
  validUntil: time.nullish(),
  parentTokenId: id(36).nullish(),
  promoCode: promoCodeName.nullish(),
};

const TokenForm = z.strictObject({ tokenId: id(36), ...facts });
const TokenFacts = z.strictObject({ tokenId: id(36).optional(), ...facts });

const tokenOf = (tokenId: string, form: z.infer<typeof TokenFacts>): StoredToken =>
  omitUndefined({
    tokenId,
    accountId: form.accountId ?? undefined,
    status: form.status,
    validUntil: form.validUntil ?? undefined,
    parentTokenId: form.parentTokenId ?? undefined,
    promoCode: form.promoCode ?? undefined,
  });

const tokenView = (token: StoredToken) => ({
  tokenId: token.tokenId,
  accountId: token.accountId ?? null,
  status: token.status,
  validUntil: token.validUntil ?? null,
  parentTokenId: token.parentTokenId ?? null,
  promoCode: token.promoCode ?? null,
});

/** Whether the promo code of a token is one; a token may keep a code that has been deleted since. */
async function hasKnownCode(
  { database, operatorId }: Caller,
  { tokenId, promoCode }: StoredToken,
): Promise<boolean> {
  if (promoCode === undefined) return true;
  if ((await readPromoCode(database, operatorId, promoCode)) !== undefined) return true;
  return (await readToken(database, operatorId, tokenId))?.promoCode === promoCode;
}

/** The calls about tokens: RFID tags and app users, each mapped to a billing account. */
export const tokenRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/tokens',
    summary: 'Keeps a new token.',
    scope: 'tokens:write',
    query: noQuery,
    body: TokenForm,
    run: async (caller, { body }) => {
      const { database, operatorId } = caller;
      const token = tokenOf(body.tokenId, body);
      if (!(await hasKnownCode(caller, token))) return refused('PROMO_CODE_NOT_FOUND');
      const created = await createToken(database, operatorId, token);
      return created === 'exists' ? refused('TOKEN_EXISTS') : done(tokenView(token), 201);
    },
  }),
  route({
    method: 'GET',
    path: '/tokens',
    summary: 'Lists tokens by id.',
    scope: 'tokens:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async ({ database, operatorId }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const page = await listTokens(database, operatorId, request);
      return done({ items: page.items.map(tokenView), nextCursor: page.nextCursor });
    },
  }),
  route({
    method: 'GET',
    path: '/tokens/{tokenId}',
    summary: 'Shows a token.',
    scope: 'tokens:read',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const token = await readToken(database, operatorId, path['tokenId'] ?? '');
      return token === undefined ? refused('TOKEN_NOT_FOUND') : done(tokenView(token));
    },
  }),
  route({
    method: 'PUT',
    path: '/tokens/{tokenId}',
    summary: 'Replaces a token.',
    scope: 'tokens:write',
    query: noQuery,
    body: TokenFacts,
    run: async (caller, { path, body }) => {
      const { database, operatorId } = caller;
      const tokenId = path['tokenId'] ?? '';
      if (body.tokenId !== undefined && body.tokenId.toUpperCase() !== tokenId.toUpperCase()) {
        const message = 'The id in the body is not the one in the path.';
        return refused('INVALID_REQUEST', [{ path: 'body.tokenId', message }]);
      }
      const token = tokenOf(body.tokenId ?? tokenId, body);
      if (!(await hasKnownCode(caller, token))) return refused('PROMO_CODE_NOT_FOUND');
      const replaced = await replaceToken(database, operatorId, token);
      return replaced === 'absent' ? refused('TOKEN_NOT_FOUND') : done(tokenView(token));
    },
  }),
  route({
    method: 'DELETE',
    path: '/tokens/{tokenId}',
    summary: 'Deletes a token; sessions that it began stay as they are.',
    scope: 'tokens:write',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const deleted = await deleteToken(database, operatorId, path['tokenId'] ?? '');
      return deleted === 'absent' ? refused('TOKEN_NOT_FOUND') : doneSilently;
    },
  }),
];
