import * as z from 'zod';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { time } from '../../http/time-form.ts';
import { changeAndTell } from '../../roaming/change-and-tell.ts';
import { readKeptSettings } from '../../store/cdrs/billing-settings.ts';
import {
  createToken,
  listTokens,
  readToken,
  replaceToken,
  type StoredToken,
} from '../../store/operators/tokens.ts';
import { readPromoCode } from '../../store/tariffs/promo-codes.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { id, pathId } from '../forms.ts';
import { partyForm } from '../partners/party-form.ts';
import { strangeOwner } from '../partners/strange-owner.ts';
import { promoCodeName } from '../tariffs/promo-code-form.ts';
import { forgetToken } from './forget-token.ts';
import { TokenSchema, tokenStatuses, tokenView } from './token-view.ts';

/** A status in OCPP's words, in any case. */
const status = z
  .string()
  .max(16)
  .transform(
    (text) => tokenStatuses.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text,
  )
  .pipe(z.enum(tokenStatuses));

const facts = {
  accountId: pathId(64).nullish(),
  status: status.default('Accepted'),
  validUntil: time.nullish(),
  parentTokenId: id(36).nullish(),
  promoCode: promoCodeName.nullish(),
  party: partyForm.nullish(),
};

const TokenForm = z.strictObject({ tokenId: pathId(36), ...facts });
const TokenFacts = z.strictObject({ tokenId: pathId(36).optional(), ...facts });

const tokenOf = (
  tokenId: string,
  form: z.infer<typeof TokenFacts>,
  changedAt: string,
): StoredToken =>
  omitUndefined({
    tokenId,
    changedAt,
    accountId: form.accountId ?? undefined,
    status: form.status,
    validUntil: form.validUntil ?? undefined,
    parentTokenId: form.parentTokenId ?? undefined,
    promoCode: form.promoCode ?? undefined,
    party: form.party ?? undefined,
  });

/** True if the promo code of a token exists; a token may keep a code that has been deleted since. */
async function hasKnownCode(
  { database, operatorId }: Caller,
  { tokenId, promoCode }: StoredToken,
): Promise<boolean> {
  if (promoCode === undefined) return true;
  if ((await readPromoCode(database, operatorId, promoCode)) !== undefined) return true;
  return (await readToken(database, operatorId, tokenId))?.promoCode === promoCode;
}

/** Whether no charger could present a token, since it has spaces and tags are read without. */
const isNeverRead = async (
  { database, operatorId }: Caller,
  { tokenId }: StoredToken,
): Promise<boolean> =>
  /\s/.test(tokenId) && (await readKeptSettings(database, operatorId)).ignoresTagSpaces === true;

/** The calls about tokens: RFID tags and app users, each mapped to a billing account. */
export const tokenRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/tokens',
    summary: 'Creates a token.',
    scope: 'tokens:write',
    body: TokenForm,
    example: {
      tokenId: '04A2B3C4D5',
      accountId: 'customer-17',
      validUntil: '2027-01-01T00:00:00Z',
    },
    status: 201,
    response: TokenSchema,
    errors: ['PROMO_CODE_NOT_FOUND', 'TOKEN_EXISTS'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId } = caller;
      const token = tokenOf(body.tokenId, body, caller.now);
      if (await isNeverRead(caller, token)) {
        const message = 'Tags are read without spaces (ignoreTagSpaces): register it without them.';
        return refused('INVALID_REQUEST', [{ path: 'body.tokenId', message }]);
      }
      if (!(await hasKnownCode(caller, token))) return refused('PROMO_CODE_NOT_FOUND');
      const strange = await strangeOwner(caller, token.party, 'EMSP');
      if (strange !== undefined) return strange;
      const answer = tokenView(token);
      const kept = keptPart(keepAnswer, answer);
      const created = await changeAndTell(caller, token.tokenId, () =>
        createToken(database, operatorId, token, kept),
      );
      return created === 'exists' ? refused('TOKEN_EXISTS') : done(answer);
    },
  }),
  listRoute({
    path: '/tokens',
    summary: 'Lists tokens by id.',
    scope: 'tokens:read',
    item: TokenSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listTokens(database, operatorId, page);
      return { items: items.map(tokenView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/tokens/{tokenId}',
    summary: 'Returns a token.',
    scope: 'tokens:read',
    response: TokenSchema,
    errors: ['TOKEN_NOT_FOUND'],
    versioned: [],
    run: async ({ database, operatorId }, { path: { tokenId } }) => {
      const token = await readToken(database, operatorId, tokenId);
      return token === undefined ? refused('TOKEN_NOT_FOUND') : done(tokenView(token));
    },
  }),
  route({
    method: 'PUT',
    path: '/tokens/{tokenId}',
    summary: 'Replaces a token.',
    scope: 'tokens:write',
    body: TokenFacts,
    example: { accountId: 'customer-17', status: 'Blocked' },
    response: TokenSchema,
    errors: ['INVALID_REQUEST', 'PROMO_CODE_NOT_FOUND', 'TOKEN_NOT_FOUND', 'PRECONDITION_FAILED'],
    versioned: [],
    run: async (caller, { path: { tokenId }, body, isSeen }) => {
      const { database, operatorId } = caller;
      if (body.tokenId !== undefined && body.tokenId.toUpperCase() !== tokenId.toUpperCase()) {
        const message = 'The id in the body differs from the one in the path.';
        return refused('INVALID_REQUEST', [{ path: 'body.tokenId', message }]);
      }
      const token = tokenOf(body.tokenId ?? tokenId, body, caller.now);
      if (!(await hasKnownCode(caller, token))) return refused('PROMO_CODE_NOT_FOUND');
      const strange = await strangeOwner(caller, token.party, 'EMSP');
      if (strange !== undefined) return strange;
      const isCurrent = isSeen && ((kept: StoredToken) => isSeen(tokenView(kept)));
      const replaced = await changeAndTell(caller, token.tokenId, () =>
        replaceToken(database, operatorId, token, isCurrent),
      );
      if (replaced === 'changed') return refused('PRECONDITION_FAILED');
      return replaced === 'absent' ? refused('TOKEN_NOT_FOUND') : done(tokenView(token));
    },
  }),
  route({
    method: 'DELETE',
    path: '/tokens/{tokenId}',
    summary: 'Deletes a token; sessions that it started are unchanged.',
    scope: 'tokens:write',
    status: 204,
    errors: ['TOKEN_NOT_FOUND'],
    run: async (caller, { path: { tokenId } }) =>
      (await forgetToken(caller, tokenId)) === 'absent' ? refused('TOKEN_NOT_FOUND') : doneSilently,
  }),
];
