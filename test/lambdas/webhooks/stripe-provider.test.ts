import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import type { PaymentProvider } from '../../../core/payment/provider.ts';
import { guardedAgents } from '../../../lambdas/outbound/guarded-agent.ts';
import { stripeProvider } from '../../../lambdas/webhooks/payments/stripe-provider.ts';
import { type StripeServer, startStripeServer } from './stripe-server.ts';

let server: StripeServer;
let provider: PaymentProvider;
let attempts = 0;

const providerWith = (allowLoopback: boolean, secretKey = server.secretKey) => {
  const { http } = guardedAgents({ allowLoopback });
  return stripeProvider({ secretKey, apiUrl: server.url }, () => http);
};

beforeAll(async () => {
  server = await startStripeServer();
  provider = providerWith(true);
});
afterAll(() => {
  server.stop();
});

const wanted = (currency = 'EUR', amount = 5_000n) => {
  attempts += 1;
  return {
    attemptId: `pay${String(attempts).padStart(17, 'a')}`,
    createdAt: new Date().toISOString(),
    currency,
    amount: minorUnits(amount),
    description: 'Charging at CP-1',
    returnUrl: 'https://api.example/pay/x',
  };
};

/** A hold that its driver has authorised. */
const held = async (currency?: string, amount?: bigint): Promise<string> => {
  const { reference } = await provider.createHold(wanted(currency, amount));
  server.authorise(reference);
  return reference;
};

describe('Stripe as a provider', () => {
  it('a hold is open at a page of Stripe, is held when its driver has paid, and is the same however often it is asked for', async () => {
    const hold = wanted();
    const first = await provider.createHold(hold);
    expect(first).toMatchObject({ state: 'open', url: `${server.url}/pay/${first.reference}` });
    expect((await provider.createHold(hold)).reference).toBe(first.reference);
    server.authorise(first.reference);
    expect(await provider.read(first.reference)).toEqual({
      reference: first.reference,
      state: 'held',
      held: 5_000n,
      captured: 0n,
      refunded: 0n,
      refundFailed: 0n,
    });
  });

  it('a hold that is asked for again half an hour later, after its answer was lost, is the same hold', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const hold = wanted();
    const first = await provider.createHold(hold);
    vi.setSystemTime(Date.now() + 31 * 60_000);
    expect((await provider.createHold(hold)).reference).toBe(first.reference);
  });

  it.each([
    // As Stripe has them: the yen has no decimals, the krona and the shilling have two that are 0, the dinar three of which the last is 0, and the ariary none.
    ['JPY', 500n, 500, 300n],
    ['ISK', 5_000n, 500_000, 1_234n],
    ['UGX', 5_000n, 500_000, 1_234n],
    ['KWD', 50_000n, 50_000, 1_230n],
    ['MGA', 500_000n, 5_000, 123_400n],
    ['HUF', 500_000n, 500_000, 123_450n],
  ])(
    'amounts in %s are what they are at Stripe, and are read back so',
    async (currency, hold, atStripe, part) => {
      const reference = await held(currency, hold);
      expect(server.checkouts.get(reference)?.payment_intent?.amount_capturable).toBe(atStripe);
      expect((await provider.read(reference)).held).toBe(hold);
      await provider.capture(reference, minorUnits(part), `${reference}:capture`);
      await provider.refund(reference, minorUnits(part), `${reference}:refund`, 'pay');
      expect(await provider.read(reference)).toMatchObject({ captured: part, refunded: part });
    },
  );

  it('a part of a hold is captured once, and refunds add up', async () => {
    const reference = await held();
    await provider.capture(reference, minorUnits(1_234n), `${reference}:capture`);
    await provider.capture(reference, minorUnits(1_234n), `${reference}:capture`);
    await provider.refund(reference, minorUnits(234n), `${reference}:a`, 'pay');
    await provider.refund(reference, minorUnits(234n), `${reference}:a`, 'pay');
    await provider.refund(reference, minorUnits(1_000n), `${reference}:b`, 'pay');

    expect(await provider.read(reference)).toMatchObject({
      state: 'captured',
      held: 0n,
      captured: 1_234n,
      refunded: 1_234n,
    });
  });

  it('a refund that came back is none, a pending one is on its way, and each names its attempt', async () => {
    const reference = await held();
    await provider.capture(reference, minorUnits(1_000n), `${reference}:capture`);
    for (const amount of [100n, 200n, 300n]) {
      await provider.refund(reference, minorUnits(amount), `${reference}:${amount}`, 'pay-1');
    }
    const [first, second, third] = server.refunds.slice(-3);
    expect([first, second, third].map((one) => one?.metadata['attemptId'])).toEqual(
      Array(3).fill('pay-1'),
    );
    if (first !== undefined) first.status = 'failed';
    if (second !== undefined) second.status = 'pending';
    expect(await provider.read(reference)).toMatchObject({
      captured: 1_000n,
      refunded: 500n,
      refundFailed: 100n,
      isRefundPending: true,
    });
  });

  it('a checkout that nobody paid and a hold of which nothing was taken are given up, again without harm', async () => {
    const open = (await provider.createHold(wanted())).reference;
    const reference = await held();
    for (const one of [open, open, reference, reference])
      await provider.cancel(one, `${one}:cancel`);

    expect((await provider.read(open)).state).toBe('ended');
    expect(await provider.read(reference)).toMatchObject({ state: 'ended', held: 0n });
  });

  it('a hold is raised where Stripe allows it, and a refusal is an answer', async () => {
    const reference = await held();
    expect(await provider.raiseHold(reference, minorUnits(9_000n), 'a')).toBe('refused');
    server.mayRaise = true;
    expect(await provider.raiseHold(reference, minorUnits(9_000n), 'b')).toBe('raised');
    server.mayRaise = false;
    expect((await provider.read(reference)).held).toBe(9_000n);
  });

  it('a key that Stripe does not know, and an address that is not public, are failures', async () => {
    await expect(providerWith(true, 'sk_test_other').createHold(wanted())).rejects.toThrow();
    const before = server.calls.length;
    await expect(providerWith(false).createHold(wanted())).rejects.toThrow();
    expect(server.calls).toHaveLength(before);
  });
});
