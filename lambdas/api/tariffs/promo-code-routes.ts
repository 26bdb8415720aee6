import * as z from 'zod';
import type { PromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import { redeemPromoCode } from '../../billing/redeem-promo-code.ts';
import { type Detail, done, doneSilently, refused } from '../../http/answer.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import {
  createPromoCode,
  deletePromoCode,
  listPromoCodes,
  readPromoCode,
} from '../../store/tariffs/promo-codes.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';
import { PromoCodeForm, promoCodeName, promoCodeOf } from './promo-code-form.ts';
import {
  PromoCodeSchema,
  promoCodeView,
  RedemptionSchema,
  redeemedView,
} from './promo-code-view.ts';

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

async function keepPromoCode(caller: Caller, promo: PromoCode, keepAnswer: KeepAnswer | undefined) {
  const { database, operatorId, now } = caller;
  const unknown = await unknownTariffs(caller, promo.tariffIds ?? []);
  if (unknown.length > 0) return refused('TARIFF_NOT_FOUND', unknown);
  const stored = { promoCodeId: newId('promo'), createdAt: now, promo, redeemed: 0 };
  const answer = promoCodeView(stored);
  const kept = keptPart(keepAnswer, answer);
  const created = await createPromoCode(database, operatorId, stored, kept);
  return created === 'exists' ? refused('PROMO_CODE_EXISTS') : done(answer);
}

async function redeem(caller: Caller, sessionId: string, name: string) {
  const { database, now } = caller;
  if ((await ownSession(caller, sessionId)) === undefined) return refused('SESSION_NOT_FOUND');
  const outcome = await redeemPromoCode(database, sessionId, { name, at: now }, now);
  if (outcome.kind === 'refused') {
    return refused(outcome.code, [{ path: 'body.code', message: outcome.message }]);
  }
  const { stored, promoCode } = outcome;
  if (stored.session.state === 'active') {
    // It has to understand messages of chargers of every version.
    const { showPromoCode } = await import('../../billing/update-running-view.ts');
    await showPromoCode(database, sessionId, promoCode, now);
    const { session, chargerKey } = stored;
    if (session.showsRunningCost) {
      await caller.sendCommandMessage({ kind: 'cost', chargerKey, sessionId, foundAt: now });
    }
  }
  return done({ sessionId, promoCode: redeemedView(promoCode) });
}

/** The calls about promo codes, and the one that redeems them for a session. */
export const promoCodeRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/promo-codes',
    summary:
      'Creates a promo code for a percentage, an amount, the first kWh or the first minutes.',
    scope: 'promo-codes:write',
    body: PromoCodeForm,
    example: {
      code: 'SPRING26',
      kind: 'kWh',
      kwh: '10',
      validUntil: '2026-06-01T00:00:00+02:00',
      uses: 500,
      usesPerAccount: 1,
    },
    status: 201,
    response: PromoCodeSchema,
    errors: ['TARIFF_NOT_FOUND', 'PROMO_CODE_EXISTS'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) =>
      await keepPromoCode(caller, promoCodeOf(body), keepAnswer),
  }),
  listRoute({
    path: '/promo-codes',
    summary: 'Lists promo codes by name, with their uses so far.',
    scope: 'promo-codes:read',
    item: PromoCodeSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listPromoCodes(database, operatorId, page);
      return { items: items.map(promoCodeView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/promo-codes/{code}',
    summary: 'Returns a promo code and its uses so far.',
    scope: 'promo-codes:read',
    response: PromoCodeSchema,
    errors: ['PROMO_CODE_NOT_FOUND'],
    run: async ({ database, operatorId }, { path: { code } }) => {
      const stored = await readPromoCode(database, operatorId, code);
      return stored === undefined ? refused('PROMO_CODE_NOT_FOUND') : done(promoCodeView(stored));
    },
  }),
  route({
    method: 'DELETE',
    path: '/promo-codes/{code}',
    summary: 'Deletes a promo code; sessions that redeemed it keep their discount.',
    scope: 'promo-codes:write',
    status: 204,
    errors: ['PROMO_CODE_NOT_FOUND'],
    run: async ({ database, operatorId }, { path: { code } }) => {
      const deleted = await deletePromoCode(database, operatorId, code);
      return deleted === 'absent' ? refused('PROMO_CODE_NOT_FOUND') : doneSilently;
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/{sessionId}/promo-code',
    summary:
      'Redeems a promo code for a session that is active or not billed yet; redeeming the same code again changes nothing.',
    scope: 'sessions:write',
    body: RedemptionForm,
    example: { code: 'SPRING26' },
    response: RedemptionSchema,
    errors: [
      'SESSION_NOT_FOUND',
      'PROMO_CODE_NOT_FOUND',
      'PROMO_CODE_NOT_YET_VALID',
      'PROMO_CODE_EXPIRED',
      'PROMO_CODE_USED_UP',
      'PROMO_CODE_USED_UP_BY_ACCOUNT',
      'PROMO_CODE_OTHER_TARIFF',
      'PROMO_CODE_OTHER_CURRENCY',
      'SESSION_HAS_PROMO_CODE',
      'SESSION_BILLED',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { sessionId }, body }) =>
      await redeem(caller, sessionId, body.code),
  }),
];
