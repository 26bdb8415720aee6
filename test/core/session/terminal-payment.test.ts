import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type TerminalPayment,
  terminalPaymentAnomaly,
} from '../../../core/session/terminal-payment.ts';

const total = { currency: 'EUR', exclVat: '10.00', inclVat: '11.90' };
const settled = (amount: string, status = 'Settled'): TerminalPayment => ({
  status,
  amount,
  at: '2026-04-14T17:00:00.000Z',
});

it('a payment differs from the CDR by more than the smallest coin, and only once it is settled', () => {
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 300 }), (cents) => {
      const amount = (11.9 + cents / 100).toFixed(2);
      const code = terminalPaymentAnomaly(settled(amount), total)?.code;
      expect(code).toBe(Math.abs(cents) > 1 ? 'TERMINAL_PAYMENT_DIFFERS' : undefined);
      expect(terminalPaymentAnomaly(settled(amount, 'Failed'), total)).toBeUndefined();
    }),
    { numRuns: 40 },
  );
  expect(terminalPaymentAnomaly(settled('1.00'), undefined)).toBeUndefined();
  expect(terminalPaymentAnomaly(undefined, total)).toBeUndefined();
  expect(
    terminalPaymentAnomaly(settled('5'), { ...total, currency: 'JPY', inclVat: '4' }),
  ).toBeUndefined();
});

it('both amounts are named', () => {
  expect(terminalPaymentAnomaly(settled('12.5'), total)?.message).toMatch(
    / Settled: 12\.5, the CDR: 11\.90 EUR\.$/,
  );
});
