import type { Agent } from 'node:http';
import Stripe from 'stripe';
import type { MinorUnits } from '../../../core/payment/minor-units.ts';
import type { PaymentProvider, ProviderState, WantedHold } from '../../../core/payment/provider.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';

/** The account of an operator at Stripe, and where its API is. */
export type StripeAccount = { readonly secretKey: string; readonly apiUrl: string };

/** Ms that a call may take: the step has 30 seconds. */
const timeout = 8_000;

/**
 * Ms after its attempt was made until which a payment may be authorised: those who have not by then have been given up. Stripe takes half an
 * hour at least, from a call that may be repeated half an hour later with what it had said before.
 */
const payWithin = 65 * 60_000;

/** Refunds of one payment that are read: more than a bill has room for. */
const mostRefunds = 200;

const intentOf = ({ payment_intent }: Stripe.Checkout.Session): Stripe.PaymentIntent | undefined =>
  payment_intent === null || typeof payment_intent === 'string' ? undefined : payment_intent;

/** The refunds of a payment, by what became of them. A payment that nothing was captured of has none. */
type Refunds = { readonly given: number; readonly failed: number; readonly isPending: boolean };

const noRefunds: Refunds = { given: 0, failed: 0, isPending: false };

/** States of a refund whose money does not arrive: https://docs.stripe.com/refunds. */
const lost: readonly (string | null)[] = ['failed', 'canceled'];

function refundsFrom(refunds: readonly Stripe.Refund[]): Refunds {
  const sum = (some: readonly Stripe.Refund[]): number =>
    some.reduce((all, { amount }) => all + amount, 0);
  return {
    given: sum(refunds.filter(({ status }) => !lost.includes(status))),
    failed: sum(refunds.filter(({ status }) => lost.includes(status))),
    isPending: refunds.some(({ status }) => status === 'pending' || status === 'requires_action'),
  };
}

const stateOf = (
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent | undefined,
): ProviderState['state'] => {
  if (session.status === 'expired' || intent?.status === 'canceled') return 'ended';
  if (intent?.status === 'requires_capture') return 'held';
  return intent?.status === 'succeeded' ? 'captured' : 'open';
};

function paymentFrom(
  session: Stripe.Checkout.Session,
  refunds: Refunds = noRefunds,
): ProviderState {
  const intent = intentOf(session);
  const state = stateOf(session, intent);
  const from = (amount: number): MinorUnits => fromStripeAmount(amount, session.currency ?? '');
  return {
    reference: session.id,
    state,
    held: from(state === 'held' ? (intent?.amount_capturable ?? 0) : 0),
    captured: from(state === 'captured' ? (intent?.amount_received ?? 0) : 0),
    refunded: from(refunds.given),
    refundFailed: from(refunds.failed),
    ...(refunds.isPending ? { isRefundPending: true } : {}),
    ...(state === 'open' && typeof session.url === 'string' ? { url: session.url } : {}),
  };
}

const sessionOf = (wanted: WantedHold): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: wanted.currency.toLowerCase(),
        unit_amount: toStripeAmount(wanted.amount, wanted.currency),
        product_data: { name: wanted.description },
      },
    },
  ],
  // The whole page of the provider is the provider's: card data never come here.
  success_url: wanted.returnUrl,
  cancel_url: wanted.returnUrl,
  client_reference_id: wanted.attemptId,
  metadata: { attemptId: wanted.attemptId },
  payment_intent_data: {
    capture_method: 'manual',
    metadata: { attemptId: wanted.attemptId },
  },
  // A hold may be raised only where that was asked for with it.
  payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
  expires_at: Math.floor((Date.parse(wanted.createdAt) + payWithin) / 1000),
});

function clientOf({ secretKey, apiUrl }: StripeAccount, agentOf: (url: URL) => Agent): Stripe {
  const url = new URL(apiUrl);
  const isHttps = url.protocol === 'https:';
  return new Stripe(secretKey, {
    host: url.hostname,
    port: url.port === '' ? (isHttps ? 443 : 80) : Number(url.port),
    protocol: isHttps ? 'https' : 'http',
    httpAgent: agentOf(url),
    timeout,
    // A look is repeated by the queue, with the same keys.
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Stripe as a provider of card payments: a page of Stripe's at which the driver pays, captured by hand. */
export function stripeProvider(
  account: StripeAccount,
  agentOf: (url: URL) => Agent,
): PaymentProvider {
  const stripe = clientOf(account, agentOf);
  const expand = ['payment_intent'];
  const retrieve = async (reference: string) =>
    await stripe.checkout.sessions.retrieve(reference, { expand });
  /** The payment of a checkout, and an amount as Stripe has it. */
  const paymentOf = async (reference: string, amount: MinorUnits) => {
    const session = await retrieve(reference);
    const intent = intentOf(session);
    if (intent === undefined) throw new Error('The checkout has no payment');
    return { id: intent.id, amount: toStripeAmount(amount, session.currency ?? '') };
  };
  return {
    createHold: async (wanted) => {
      const idempotencyKey = `${wanted.attemptId}:hold`;
      return paymentFrom(
        await stripe.checkout.sessions.create(sessionOf(wanted), { idempotencyKey }),
      );
    },
    read: async (reference) => {
      const session = await retrieve(reference);
      const intent = intentOf(session);
      // The sum that a charge has as refunded includes refunds that came back.
      if (intent?.status !== 'succeeded') return paymentFrom(session);
      const refunds = stripe.refunds.list({ payment_intent: intent.id, limit: 100 });
      return paymentFrom(
        session,
        refundsFrom(await refunds.autoPagingToArray({ limit: mostRefunds })),
      );
    },
    raiseHold: async (reference, amount, idempotencyKey) => {
      const { id, amount: total } = await paymentOf(reference, amount);
      try {
        const form = { amount: total };
        await stripe.paymentIntents.incrementAuthorization(id, form, { idempotencyKey });
        return 'raised';
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'refused';
        if (error instanceof Stripe.errors.StripeCardError) return 'refused';
        throw error;
      }
    },
    capture: async (reference, amount, idempotencyKey) => {
      const { id, amount: total } = await paymentOf(reference, amount);
      const form = { amount_to_capture: total };
      await stripe.paymentIntents.capture(id, form, { idempotencyKey });
    },
    cancel: async (reference, idempotencyKey) => {
      const session = await retrieve(reference);
      const intent = intentOf(session);
      if (session.status === 'open') {
        await stripe.checkout.sessions.expire(reference, {}, { idempotencyKey });
      } else if (intent?.status === 'requires_capture') {
        await stripe.paymentIntents.cancel(intent.id, {}, { idempotencyKey });
      }
    },
    refund: async (reference, amount, idempotencyKey, attemptId) => {
      const { id, amount: total } = await paymentOf(reference, amount);
      const form = { payment_intent: id, amount: total, metadata: { attemptId } };
      await stripe.refunds.create(form, { idempotencyKey });
    },
  };
}
