import type { Agent } from 'node:http';
import type { Attempt } from '../../../core/payment/attempt.ts';
import type { PaymentProvider, ProviderState } from '../../../core/payment/provider.ts';
import { withProviderState } from '../../../core/payment/record-payment.ts';
import { stopSession } from '../../connection/stop-session.ts';
import { derivePaymentKey } from '../../outbound/derive-payment-key.ts';
import { guardedAgents } from '../../outbound/guarded-agent.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import type { SendOutbound } from '../../outbound/send-outbound.ts';
import { openToken } from '../../roaming/sealed-token.ts';
import { createToken, replaceToken } from '../../store/operators/tokens.ts';
import { changeAttempt, readAttempt } from '../../store/payments/attempts.ts';
import { changeBill, readBill } from '../../store/payments/bills.ts';
import { readPaymentSettings } from '../../store/payments/payment-settings.ts';
import type { Database } from '../../store/table/client.ts';
import type { Paying } from './advance-attempt.ts';
import { announcePayment } from './announce-payment.ts';
import { progressOfAttempt } from './progress-of-attempt.ts';
import { startAttempt } from './start-attempt.ts';
import { stripeProvider } from './stripe-provider.ts';

const agents = guardedAgents({ allowLoopback });

/** The agent for a URL: it connects to public addresses alone. */
const agentOf = ({ protocol }: URL): Agent => (protocol === 'https:' ? agents.https : agents.http);

async function providerOf(
  database: Database,
  operatorId: string,
): Promise<PaymentProvider | undefined> {
  // Whatever is chosen now: what was held by card is taken or given up by card.
  const { stripe } = await readPaymentSettings(database, operatorId);
  if (stripe === undefined) return undefined;
  const secretKey = openToken(await derivePaymentKey(operatorId), stripe.sealedSecretKey);
  return stripeProvider({ secretKey, apiUrl: stripe.apiUrl }, agentOf);
}

async function record(
  database: Database,
  { operatorId, sessionId }: Attempt,
  payment: ProviderState,
): Promise<void> {
  const stored = sessionId === undefined ? undefined : await readBill(database, sessionId);
  if (stored === undefined) return;
  const place = { operatorId, shard: stored.shard, sessionId: stored.bill.sessionId };
  const at = new Date().toISOString();
  await changeBill(database, place, (bill) =>
    bill === undefined ? 'known' : withProviderState(bill, payment, at),
  );
}

async function block(database: Database, { operatorId, attemptId }: Attempt): Promise<void> {
  const token = { tokenId: attemptId, status: 'Blocked' } as const;
  if ((await replaceToken(database, operatorId, token)) === 'absent') {
    await createToken(database, operatorId, token);
  }
}

/** The surroundings of attempts in a function (WEBHOOK_KEY_ID, COMMANDS_QUEUE_URL). */
export const payingIn = (database: Database, send: SendOutbound): Paying => ({
  read: async (attemptId) => await readAttempt(database, attemptId),
  change: async (attemptId, change) => await changeAttempt(database, attemptId, change),
  providerOf: async (operatorId) => await providerOf(database, operatorId),
  progressOf: async (attempt) => await progressOfAttempt(database, attempt),
  announce: async (attempt) => await announcePayment(database, attempt, Date.now()),
  start: async (attempt) => await startAttempt(database, attempt, Date.now()),
  block: async (attempt) => await block(database, attempt),
  stop: async ({ sessionId }) => {
    if (sessionId !== undefined) await stopSession(database, sessionId, Date.now());
  },
  lookAgain: async (attemptId, waitSeconds) => {
    await send([{ kind: 'payment', attemptId, isHint: true, troubles: 0, waitSeconds }]);
  },
  record: async (attempt, payment) => await record(database, attempt, payment),
  now: Date.now,
});
