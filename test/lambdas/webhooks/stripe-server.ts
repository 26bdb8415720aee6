import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

type Intent = {
  id: string;
  object: 'payment_intent';
  status: 'requires_capture' | 'succeeded' | 'canceled';
  amount_capturable: number;
  amount_received: number;
  readonly currency: string;
  metadata: Record<string, string>;
};

type Refund = {
  id: string;
  object: 'refund';
  readonly amount: number;
  readonly payment_intent: string;
  status: 'pending' | 'succeeded' | 'failed';
  readonly metadata: Record<string, string>;
};

type Checkout = {
  id: string;
  object: 'checkout.session';
  status: 'open' | 'complete' | 'expired';
  url: string | null;
  payment_intent: Intent | null;
  metadata: Record<string, string>;
  readonly amount: number;
  readonly currency: string;
  readonly success_url: string;
};

type Form = Readonly<Record<string, string>>;
type Answer = { readonly status: number; readonly body: unknown };

/** The fake of Stripe's API: what it does with checkouts, holds, captures and refunds, on this machine. */
export type StripeServer = {
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly checkouts: ReadonlyMap<string, Checkout>;
  /** Every call that changed something, in order, by method and path. */
  readonly calls: readonly string[];
  /** The driver pays: the amount of a checkout is held. */
  readonly authorise: (checkoutId: string) => void;
  /** An event about a checkout as Stripe sends it: its body and its signature. */
  readonly event: (checkoutId: string) => { readonly body: string; readonly signature: string };
  /** Every refund that was made, in order; its status may be changed, as it is by the bank of a card. */
  readonly refunds: readonly Refund[];
  /** Whether holds may be raised. */
  mayRaise: boolean;
  readonly stop: () => void;
};

const refusal = (status: number, code: string): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', code, message: code } },
});

/** Amounts that Stripe takes: https://docs.stripe.com/currencies has the special cases. */
const isAmount = (amount: number, currency: string): boolean =>
  Number.isSafeInteger(amount) &&
  amount > 0 &&
  amount % ({ isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 }[currency] ?? 1) ===
    0;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts the fake on 127.0.0.1. */
export async function startStripeServer(): Promise<StripeServer> {
  const secretKey = 'sk_test_joulegate';
  const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`;
  const checkouts = new Map<string, Checkout>();
  const answered = new Map<string, { readonly form: string; readonly answer: Answer }>();
  const calls: string[] = [];
  const refunds: Refund[] = [];
  const state = { mayRaise: false };
  /** Checkouts whose holds may be raised where the bank allows it. */
  const raisable = new Set<string>();
  const isRaisable = ({ id }: Intent): boolean =>
    [...checkouts.values()].some((one) => one.payment_intent?.id === id && raisable.has(one.id));
  let url = '';
  const intentOf = (id: string): Intent | undefined =>
    [...checkouts.values()].flatMap((one) => one.payment_intent ?? []).find((one) => one.id === id);

  const create = (form: Form): Answer => {
    const id = `cs_test_${checkouts.size + 1}_${randomBytes(4).toString('hex')}`;
    const checkout: Checkout = {
      id,
      object: 'checkout.session',
      status: 'open',
      url: `${url}/pay/${id}`,
      payment_intent: null,
      metadata: { attemptId: form['metadata[attemptId]'] ?? '' },
      amount: Number(form['line_items[0][price_data][unit_amount]']),
      currency: form['line_items[0][price_data][currency]'] ?? '',
      success_url: form['success_url'] ?? '',
    };
    if (form['payment_intent_data[capture_method]'] !== 'manual') {
      return refusal(400, 'not_manual');
    }
    // As at Stripe: what was not asked for with the hold cannot be done with it later.
    if (
      form['payment_method_options[card][request_incremental_authorization]'] === 'if_available'
    ) {
      raisable.add(id);
    }
    if (!isAmount(checkout.amount, checkout.currency)) return refusal(400, 'invalid_amount');
    const ends = Number(form['expires_at']) * 1000 - Date.now();
    if (ends < 30 * 60_000 || ends > 86_400_000) return refusal(400, 'invalid_expires_at');
    checkouts.set(id, checkout);
    return { status: 200, body: checkout };
  };

  const expire = (checkout: Checkout): Answer => {
    if (checkout.status !== 'open') return refusal(400, 'checkout_not_open');
    Object.assign(checkout, { status: 'expired', url: null });
    return { status: 200, body: checkout };
  };

  const capture = (intent: Intent, amount: number): Answer => {
    if (!isAmount(amount, intent.currency)) return refusal(400, 'invalid_amount');
    if (amount > intent.amount_capturable) return refusal(400, 'amount_too_large');
    Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
    return { status: 200, body: intent };
  };

  const onIntent = (intent: Intent, action: string, form: Form): Answer => {
    if (intent.status !== 'requires_capture')
      return refusal(400, 'payment_intent_unexpected_state');
    switch (action) {
      case 'capture':
        return capture(intent, Number(form['amount_to_capture']));
      case 'cancel':
        Object.assign(intent, { status: 'canceled', amount_capturable: 0 });
        return { status: 200, body: intent };
      case 'increment_authorization':
        if (!state.mayRaise || !isRaisable(intent))
          return refusal(400, 'incremental_authorization_not_allowed');
        intent.amount_capturable = Number(form['amount']);
        return { status: 200, body: intent };
      default:
        return refusal(404, 'unknown');
    }
  };

  const refund = (form: Form): Answer => {
    const intent = intentOf(form['payment_intent'] ?? '');
    const amount = Number(form['amount']);
    if (intent?.status !== 'succeeded') return refusal(400, 'charge_not_captured');
    if (!isAmount(amount, intent.currency)) return refusal(400, 'invalid_amount');
    const refunded = refunds
      .filter((one) => one.payment_intent === intent.id && one.status !== 'failed')
      .reduce((sum, one) => sum + one.amount, amount);
    if (refunded > intent.amount_received) return refusal(400, 'amount_too_large');
    const made: Refund = {
      id: `re_${randomBytes(8).toString('hex')}`,
      object: 'refund',
      amount,
      payment_intent: intent.id,
      status: 'succeeded',
      metadata: { attemptId: form['metadata[attemptId]'] ?? '' },
    };
    refunds.push(made);
    return { status: 200, body: made };
  };

  const act = (path: string, form: Form): Answer => {
    const [, , kind, id = '', action = ''] = path.split('/');
    if (path === '/v1/checkout/sessions') return create(form);
    const checkout = checkouts.get(action);
    if (kind === 'checkout' && checkout !== undefined) return expire(checkout);
    if (path === '/v1/refunds') return refund(form);
    const intent = kind === 'payment_intents' ? intentOf(id) : undefined;
    return intent === undefined ? refusal(404, 'resource_missing') : onIntent(intent, action, form);
  };

  /** A call with the same key is done once, and refused where it is something else. */
  const once = (key: string, path: string, text: string): Answer => {
    const known = answered.get(key);
    if (known !== undefined) {
      return known.form === text ? known.answer : refusal(400, 'idempotency_key_in_use');
    }
    calls.push(`POST ${path.replace(/(?:cs_test|pi)_\w+/, '…')}`);
    const answer = act(path, Object.fromEntries(new URLSearchParams(text)));
    // An answer is kept as it was then.
    answered.set(key, { form: text, answer: structuredClone(answer) });
    return answer;
  };

  /** The refunds of a payment, the latest first, two on each page: there is no page that holds all. */
  const listRefunds = (query: URLSearchParams): Answer => {
    const of = refunds
      .filter((one) => one.payment_intent === query.get('payment_intent'))
      .toReversed();
    const from = of.findIndex((one) => one.id === query.get('starting_after')) + 1;
    const data = of.slice(from, from + 2);
    const has_more = from + 2 < of.length;
    return { status: 200, body: { object: 'list', url: '/v1/refunds', has_more, data } };
  };

  const read = (path: string, query: URLSearchParams): Answer => {
    if (path === '/v1/refunds') return listRefunds(query);
    const checkout = checkouts.get(path.split('/').at(-1) ?? '');
    return checkout === undefined
      ? refusal(404, 'resource_missing')
      : { status: 200, body: checkout };
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe.invalid');
    const text = await textOf(request);
    const isOurs = request.headers.authorization === `Bearer ${secretKey}`;
    const key = String(request.headers['idempotency-key'] ?? randomBytes(8).toString('hex'));
    const answer = isOurs
      ? request.method === 'GET'
        ? read(pathname, searchParams)
        : once(key, pathname, text)
      : refusal(401, 'api_key_invalid');
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    refunds,
    secretKey,
    webhookSecret,
    checkouts,
    calls,
    authorise: (checkoutId) => {
      const checkout = checkouts.get(checkoutId);
      if (checkout?.status !== 'open') throw new Error('There is nothing to pay');
      Object.assign(checkout, {
        status: 'complete',
        url: null,
        payment_intent: {
          id: `pi_${randomBytes(8).toString('hex')}`,
          object: 'payment_intent',
          status: 'requires_capture',
          amount_capturable: checkout.amount,
          amount_received: 0,
          currency: checkout.currency,
          metadata: checkout.metadata,
        } satisfies Intent,
      });
    },
    event: (checkoutId) => {
      const { payment_intent: _intent, ...object } = checkouts.get(checkoutId) ?? {};
      const body = JSON.stringify({
        id: `evt_${randomBytes(8).toString('hex')}`,
        object: 'event',
        type: 'checkout.session.completed',
        data: { object },
      });
      const signature = new Stripe(secretKey).webhooks.generateTestHeaderString({
        payload: body,
        secret: webhookSecret,
      });
      return { body, signature };
    },
    get mayRaise() {
      return state.mayRaise;
    },
    set mayRaise(may) {
      state.mayRaise = may;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
