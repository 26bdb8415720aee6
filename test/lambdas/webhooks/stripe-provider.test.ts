import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  return stripeProvider({ secretKey, apiUrl: server.url }, () => http, Date.now);
};

beforeAll(async () => {
  server = await startStripeServer();
  provider = providerWith(true);
});
afterAll(() => {
  server.stop();
});

const wanted = () => {
  attempts += 1;
  return {
    attemptId: `pay${String(attempts).padStart(17, 'a')}`,
    currency: 'EUR',
    amount: minorUnits(5_000n),
    description: 'Charging at CP-1',
    returnUrl: 'https://api.example/pay/x',
  };
};

/** A hold that its driver has authorised. */
const held = async (): Promise<string> => {
  const { reference } = await provider.createHold(wanted());
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
    });
  });

  it('a part of a hold is captured once, and refunds add up', async () => {
    const reference = await held();
    await provider.capture(reference, minorUnits(1_234n), `${reference}:capture`);
    await provider.capture(reference, minorUnits(1_234n), `${reference}:capture`);
    await provider.refund(reference, minorUnits(234n), `${reference}:a`);
    await provider.refund(reference, minorUnits(234n), `${reference}:a`);
    await provider.refund(reference, minorUnits(1_000n), `${reference}:b`);

    expect(await provider.read(reference)).toMatchObject({
      state: 'captured',
      held: 0n,
      captured: 1_234n,
      refunded: 1_234n,
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
