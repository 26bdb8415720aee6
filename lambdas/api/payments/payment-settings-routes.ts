import { done, refused } from '../../http/answer.ts';
import {
  readPaymentSettings,
  writePaymentSettings,
} from '../../store/payments/payment-settings.ts';
import { type ApiRoute, route } from '../api-route.ts';
import {
  PaymentSettingsForm,
  PaymentSettingsSchema,
  paymentSettingsView,
  sealedStripe,
} from './payment-settings-form.ts';

/** The calls about how bills are paid. */
export const paymentSettingsRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/payments',
    summary: 'Returns how the bills of sessions are paid.',
    scope: 'settings:read',
    response: PaymentSettingsSchema,
    versioned: [],
    run: async ({ database, operatorId }) =>
      done(paymentSettingsView(await readPaymentSettings(database, operatorId), operatorId)),
  }),
  route({
    method: 'PUT',
    path: '/settings/payments',
    summary:
      'Sets how the bills of sessions are paid: none keeps no bills; invoice keeps one for each session that is sealed from then on, for another system to pay; stripe does so too, and takes cards of drivers at charge pages.',
    scope: 'settings:write',
    body: PaymentSettingsForm,
    example: {
      adapter: 'stripe',
      stripe: {
        secretKey: 'rk_live_example',
        webhookSecret: 'whsec_example',
        holds: { EUR: { amount: '50.00', most: '100.00' } },
      },
    },
    response: PaymentSettingsSchema,
    errors: ['INVALID_REQUEST', 'PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId, paymentKey }, { body, isSeen }) => {
      const before = await readPaymentSettings(database, operatorId);
      const { adapter, stripe: form } = body;
      const stripe =
        form === undefined
          ? before.stripe
          : sealedStripe(form, before.stripe, await paymentKey(operatorId));
      if (stripe === undefined && (adapter === 'stripe' || form !== undefined)) {
        const message = 'Give secretKey and webhookSecret; none are kept yet.';
        return refused('INVALID_REQUEST', [{ path: 'body.stripe', message }]);
      }
      const settings = { adapter, ...(stripe === undefined ? {} : { stripe }) };
      const written = await writePaymentSettings(
        database,
        operatorId,
        settings,
        isSeen && ((kept) => isSeen(paymentSettingsView(kept, operatorId))),
      );
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(paymentSettingsView(settings, operatorId));
    },
  }),
];
