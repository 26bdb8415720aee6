import * as z from 'zod';
import type { PromoCode } from '../../core/tariff/promo-code/promo-code.ts';
import { redeemPromoCode } from '../billing/redeem-promo-code.ts';
import { showPromoCode } from '../billing/update-running-view.ts';
import { newId } from '../runtime/new-id.ts';
import {
  createPromoCode,
  deletePromoCode,
  listPromoCodes,
  readPromoCode,
} from '../store/promo-codes.ts';
import { latestVersion } from '../store/tariffs.ts';
import { type ApiAnswer, type Detail, done, doneSilently, refused } from './api-answer.ts';
import { listQuery, noBody, noQuery } from './forms.ts';
import { listRequest } from './list-request.ts';
import { ownSession } from './own-session.ts';
import {
  PromoCodeForm,
  promoCodeName,
  promoCodeOf,
  promoCodeView,
  redeemedView,
} from './promo-code-form.ts';
import { type Caller, type Route, route } from './route.ts';

const RedemptionForm = z.strictObject({ code: promoCodeName });

async function unknownTariffs(
  { database, operatorId }: Caller,
  tariffIds: readonly string[],
): Promise<readonly Detail[]> {
  const versions = await Promise.all(
    tariffIds.map((tariffId) => latestVersion(database, operatorId, tariffId)),
  );
  return tariffIds.flatMap((tariffId, index) =>
    versions[index] === undefined
      ? [{ path: `body.tariffIds.${index}`, message: `There is no tariff ${tariffId}.` }]
      : [],
  );
}

async function keepPromoCode(caller: Caller, promo: PromoCode): Promise<ApiAnswer> {
  const { database, operatorId, now } = caller;
  const unknown = await unknownTariffs(caller, promo.tariffIds ?? []);
  if (unknown.length > 0) return refused('TARIFF_NOT_FOUND', unknown);
  const stored = { promoCodeId: newId('promo'), createdAt: now, promo, redeemed: 0 };
  const created = await createPromoCode(database, operatorId, stored);
  return created === 'exists' ? refused('PROMO_CODE_EXISTS') : done(promoCodeView(stored), 201);
}

async function redeem(caller: Caller, sessionId: string, name: string): Promise<ApiAnswer> {
  const { database, now } = caller;
  if ((await ownSession(caller, sessionId)) === undefined) return refused('SESSION_NOT_FOUND');
  const outcome = await redeemPromoCode(database, sessionId, { name, at: now }, now);
  if (outcome.kind === 'refused') {
    return refused(outcome.code, [{ path: 'body.code', message: outcome.message }]);
  }
  const { stored, promoCode } = outcome;
  if (stored.session.state === 'active') await showPromoCode(database, sessionId, promoCode, now);
  return done({ sessionId, promoCode: redeemedView(promoCode) });
}

/** The calls about promo codes, and the one that redeems them for a session. */
export const promoCodeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/promo-codes',
    summary: 'Keeps a new promo code: percent, an amount, the first kWh or the first minutes.',
    scope: 'promo-codes:write',
    query: noQuery,
    body: PromoCodeForm,
    run: async (caller, { body }) => await keepPromoCode(caller, promoCodeOf(body)),
  }),
  route({
    method: 'GET',
    path: '/promo-codes',
    summary: 'Lists promo codes by name, with their uses so far.',
    scope: 'promo-codes:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async ({ database, operatorId }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const page = await listPromoCodes(database, operatorId, request);
      return done({ items: page.items.map(promoCodeView), nextCursor: page.nextCursor });
    },
  }),
  route({
    method: 'GET',
    path: '/promo-codes/{code}',
    summary: 'Shows a promo code and its uses so far.',
    scope: 'promo-codes:read',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const stored = await readPromoCode(database, operatorId, path['code'] ?? '');
      return stored === undefined ? refused('PROMO_CODE_NOT_FOUND') : done(promoCodeView(stored));
    },
  }),
  route({
    method: 'DELETE',
    path: '/promo-codes/{code}',
    summary: 'Deletes a promo code; sessions that redeemed it keep what it gave.',
    scope: 'promo-codes:write',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const deleted = await deletePromoCode(database, operatorId, path['code'] ?? '');
      return deleted === 'absent' ? refused('PROMO_CODE_NOT_FOUND') : doneSilently;
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/{sessionId}/promo-code',
    summary:
      'Redeems a promo code for a session that runs or is not billed yet; the same code again changes nothing.',
    scope: 'sessions:write',
    query: noQuery,
    body: RedemptionForm,
    run: async (caller, { path, body }) => await redeem(caller, path['sessionId'] ?? '', body.code),
  }),
];
