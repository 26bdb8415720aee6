import { type MinorUnits, minorUnits } from '../../../core/payment/minor-units.ts';
import type { PaymentProvider, ProviderState } from '../../../core/payment/provider.ts';

/** A payment of the model, and all that was done to it. */
export type ModelPayment = {
  state: ProviderState['state'];
  held: bigint;
  captured: bigint;
  refunded: bigint;
  refundFailed: bigint;
  /** While it is not known whether what was given back arrives. */
  isRefundPending: boolean;
};

/** A call that crashed: before it was done, or after that. */
export class Crash extends Error {}

/** A provider that keeps its promises: what has the same key is done once, and nothing is taken twice or beyond what is held. */
export function modelProvider(crashes: () => 'before' | 'after' | 'never') {
  const payments = new Map<string, ModelPayment>();
  const done = new Set<string>();
  const ofAttempt = new Map<string, string>();
  const once = (key: string, act: () => void): void => {
    const crash = crashes();
    if (crash === 'before') throw new Crash('before');
    if (!done.has(key)) {
      act();
      done.add(key);
    }
    if (crash === 'after') throw new Crash('after');
  };
  const paymentOf = (reference: string): ModelPayment => {
    const payment = payments.get(reference);
    if (payment === undefined) throw new Error(`no payment ${reference}`);
    return payment;
  };
  const shown = (reference: string): ProviderState => {
    const { state, held, captured, refunded, refundFailed, isRefundPending } = paymentOf(reference);
    return {
      reference,
      state,
      held: minorUnits(held),
      captured: minorUnits(captured),
      refunded: minorUnits(refunded),
      refundFailed: minorUnits(refundFailed),
      ...(isRefundPending ? { isRefundPending } : {}),
      ...(state === 'open' ? { url: 'https://provider.example/pay' } : {}),
    };
  };
  const none = { captured: 0n, refunded: 0n, refundFailed: 0n, isRefundPending: false };
  let refusesRaises = false;
  let isSlow = false;
  const provider: PaymentProvider = {
    createHold: async ({ attemptId, amount }) => {
      once(`${attemptId}:hold`, () => {
        const reference = `cs_${payments.size + 1}`;
        payments.set(reference, { ...none, state: 'open', held: amount });
        ofAttempt.set(attemptId, reference);
      });
      return shown(ofAttempt.get(attemptId) ?? '');
    },
    read: async (reference) => shown(reference),
    raiseHold: async (reference, amount, key) => {
      if (refusesRaises) return 'refused';
      once(key, () => {
        paymentOf(reference).held = amount;
      });
      return 'raised';
    },
    capture: async (reference, amount: MinorUnits, key) => {
      once(key, () => {
        const payment = paymentOf(reference);
        if (payment.state !== 'held' || amount > payment.held) throw new Error('not held');
        Object.assign(payment, { state: 'captured', captured: amount, held: 0n });
      });
    },
    cancel: async (reference, key) => {
      once(key, () => {
        const payment = paymentOf(reference);
        if (payment.state === 'captured') throw new Error('captured already');
        Object.assign(payment, { state: 'ended', held: 0n });
      });
    },
    refund: async (reference, amount, key) => {
      once(key, () => {
        const payment = paymentOf(reference);
        if (payment.refunded + amount > payment.captured) throw new Error('more than was captured');
        payment.refunded += amount;
        payment.isRefundPending = isSlow;
      });
    },
  };
  return {
    provider,
    payments,
    refuseRaises: () => {
      refusesRaises = true;
    },
    /** From now on it takes days until a refund arrives. */
    delayRefunds: () => {
      isSlow = true;
    },
    /** The last of what was given back comes back: its card is no more. */
    returnRefund: (amount: bigint) => {
      for (const payment of payments.values()) {
        const back = amount < payment.refunded ? amount : payment.refunded;
        payment.refunded -= back;
        payment.refundFailed += back;
        payment.isRefundPending = false;
      }
    },
    /** The driver authorises a payment. */
    authorise: () => {
      for (const payment of payments.values()) if (payment.state === 'open') payment.state = 'held';
    },
  };
}
