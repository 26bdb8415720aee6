import '../quiet.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  OutboundMessage,
  PaymentMessage,
} from '../../../lambdas/outbound/delivery-message.ts';
import { repeatLooks } from '../../../lambdas/webhooks/payments/repeat-looks.ts';

const message = (facts: Partial<PaymentMessage> = {}): PaymentMessage => ({
  kind: 'payment',
  attemptId: 'payaaaaaaaaaaaaaaaaa',
  isHint: false,
  troubles: 0,
  waitSeconds: 0,
  ...facts,
});

/** Looks for as long as anything asks for it; gives the seconds between the looks, and what became of them. */
async function follow(first: PaymentMessage, looks: readonly (number | 'fails' | undefined)[]) {
  const waits: number[] = [];
  const queue: OutboundMessage[] = [first];
  const outcomes: string[] = [];
  let looked = 0;
  const look = async (): Promise<number | undefined> => {
    const outcome = looks[Math.min(looked, looks.length - 1)];
    looked += 1;
    if (outcome === 'fails') throw new Error('The provider does not answer');
    return outcome;
  };
  const send = async (messages: readonly OutboundMessage[]) => {
    queue.push(...messages);
  };
  for (let next = queue.shift(); next !== undefined && looked < 100; next = queue.shift()) {
    if (next.kind !== 'payment') throw new Error('Only payments are looked at');
    if (next.waitSeconds > 0) waits.push(next.waitSeconds);
    outcomes.push(await repeatLooks(look, send, { ...next, waitSeconds: 0 }));
  }
  return { looked, waits, outcomes };
}

describe('the looks at a payment', () => {
  it('a hint whose look fails is looked at until it does not: a refund is not lost with one answer of its provider', async () => {
    const { looked, waits, outcomes } = await follow(message({ isHint: true }), [
      'fails',
      'fails',
      undefined,
    ]);
    expect([looked, waits]).toEqual([3, [60, 120]]);
    expect(outcomes).toEqual(['failed', 'failed', 'looked']);
  });

  it('a row of looks goes on after failures, and counts them from one after each look that worked', async () => {
    const { waits, outcomes } = await follow(message(), ['fails', 30, 'fails', undefined]);
    expect(waits).toEqual([60, 30, 60]);
    expect(outcomes.at(-1)).toBe('finished');
  });

  it('what a provider refuses for good is asked for less and less often, and given up after ten days', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), async (isHint) => {
        const { looked, waits, outcomes } = await follow(message({ isHint }), ['fails']);
        const days = waits.reduce((sum, one) => sum + one, 0) / 86_400;
        expect(looked).toBeLessThan(60);
        expect(waits.every((wait, n) => wait >= (waits[n - 1] ?? 0))).toBe(true);
        expect(days).toBeGreaterThan(8);
        expect(days).toBeLessThan(12);
        expect(outcomes.at(-1)).toBe('given-up');
      }),
      { numRuns: 2 },
    );
  });
});
