import type { Attempt } from '../../../core/payment/attempt.ts';
import { type Bill, type Payment, withPayment } from '../../../core/payment/bill.ts';
import { dueOf } from '../../../core/payment/due-of.ts';
import { fromMinorUnits, minorUnits, toMinorUnits } from '../../../core/payment/minor-units.ts';
import { withProviderState } from '../../../core/payment/record-payment.ts';
import {
  advanceAttempt,
  type Paying,
  type Progress,
} from '../../../lambdas/webhooks/payments/advance-attempt.ts';
import { Crash, modelProvider } from './model-provider.ts';

/** Epoch ms at which its attempt is made. */
export const begin = Date.UTC(2026, 2, 1);
/** Cents that it holds at first. */
export const hold = 5_000n;

const attemptId = 'payaaaaaaaaaaaaaaaaa';

/** An attempt in a world of which everything can be told what to do. */
export function newWorld(crashes: () => 'before' | 'after' | 'never' = () => 'never') {
  let now = begin;
  let attempt: Attempt = {
    attemptId,
    operatorId: 'op_a',
    chargerKey: 'op_a#cp-1',
    chargerId: 'CP-1',
    evseId: 1,
    connectorId: 1,
    currency: 'EUR',
    hold: minorUnits(hold),
    mostHold: minorUnits(2n * hold),
    createdAt: new Date(begin).toISOString(),
    pageUrl: 'https://api.example/pay/x',
    description: 'Charging',
  };
  let progress: Progress = { session: 'none', cost: undefined, due: undefined };
  let bill: Bill = { sessionId: 'ses_1', currency: 'EUR', totals: {}, payments: [] };
  const asked: string[] = [];
  const planned: number[] = [];
  let announced = 0;
  const model = modelProvider(crashes);
  const paying: Paying = {
    read: async () => attempt,
    change: async (_id, change) => {
      attempt = { ...attempt, ...change };
      return attempt;
    },
    providerOf: async () => model.provider,
    progressOf: async () => progress,
    announce: async () => {
      announced += 1;
    },
    start: async () => {
      asked.push('start');
    },
    block: async () => {
      asked.push('block');
    },
    stop: async () => {
      asked.push('stop');
    },
    lookAgain: async (_id, seconds) => {
      planned.push(seconds);
    },
    record: async (_attempt, payment) => {
      const next = withProviderState(bill, payment, new Date(now).toISOString());
      if (next !== 'known') bill = next;
    },
    now: () => now,
  };
  /** Looks once, as the queue does: a run that crashes is run again some time. */
  const look = async (): Promise<void> => {
    try {
      await advanceAttempt(paying, attemptId);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  };
  return {
    asked,
    /** Seconds after which it is looked at again, whoever looked. */
    planned,
    model,
    look,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    charge: (next: Progress) => {
      progress = { ...progress, ...next };
    },
    /** A CDR, or a credit, becomes known. */
    seal: (cdrId: string, cents: bigint) => {
      const totals = { ...bill.totals, [cdrId]: fromMinorUnits(minorUnits(cents), 'EUR') };
      bill = { ...bill, totals };
      const sum = dueOf(bill);
      const due = sum === undefined ? undefined : toMinorUnits(sum, 'EUR');
      progress = { session: 'ended', cost: undefined, due };
    },
    /** Another system says what it did about the bill. */
    pay: (payment: Payment) => {
      const next = withPayment(bill, payment);
      if (typeof next !== 'string') bill = next;
    },
    get attempt() {
      return attempt;
    },
    get announced() {
      return announced;
    },
    get bill() {
      return bill;
    },
    get payment() {
      return [...model.payments.values()][0];
    },
  };
}

/** An attempt in its world. */
export type World = ReturnType<typeof newWorld>;
