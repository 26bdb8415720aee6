import { createHmac, timingSafeEqual } from 'node:crypto';
import { isAttemptId } from '../../../../core/payment/attempt.ts';
import { refused } from '../../../http/answer.ts';
import type { HttpRequest } from '../../../http/http-request.ts';
import type { Served } from '../../../http/serve-request.ts';
import { openToken } from '../../../roaming/sealed-token.ts';
import { readPaymentSettings } from '../../../store/payments/payment-settings.ts';
import type { Database } from '../../../store/table/client.ts';
import type { Services } from '../../services.ts';

/** Seconds by which the time of a signature may differ from ours: Stripe's own libraries allow as many. */
const tolerance = 300;
/** Bytes of the largest event that is read. */
const mostBytes = 262_144;

/** Verifies `Stripe-Signature`: HMAC-SHA256 of the time and the body, one of which must fit. */
function isSigned(header: string, body: Buffer, secret: string, nowSeconds: number): boolean {
  const parts = header
    .slice(0, 2_000)
    .split(',')
    .map((part) => part.trim().split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowSeconds - Number(time)) > tolerance) return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return parts.some(([name, value = '']) => {
    const given = name === 'v1' ? Buffer.from(value, 'hex') : undefined;
    return given?.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** The attempt that an event is about; undefined for any other. */
function attemptIn(body: Buffer): string | undefined {
  try {
    const { data } = JSON.parse(body.toString('utf8'));
    const attemptId = data?.object?.metadata?.attemptId;
    return typeof attemptId === 'string' && isAttemptId(attemptId) ? attemptId : undefined;
  } catch {
    return undefined;
  }
}

/** Answers an event of Stripe: it only has the attempt looked at that it names, as everything is read back. */
export async function answerStripeEvent(
  database: Database,
  { path, headers, body: text = '', base64 }: HttpRequest,
  { paymentKey, sendOutbound }: Services,
): Promise<Served> {
  const operatorId = path['operatorId'] ?? '';
  // The bytes as they came: what they spell is read after they are verified.
  const body = Buffer.from(text, base64 ? 'base64' : 'utf8');
  if (body.length > mostBytes) return refused('BODY_TOO_LARGE');
  const { stripe } = await readPaymentSettings(database, operatorId);
  if (stripe === undefined) return refused('PAYMENT_EVENT_REFUSED');
  const secret = openToken(await paymentKey(operatorId), stripe.sealedWebhookSecret);
  const header = headers['stripe-signature'] ?? '';
  if (!isSigned(header, body, secret, Math.floor(Date.now() / 1000))) {
    return refused('PAYMENT_EVENT_REFUSED');
  }
  const attemptId = attemptIn(body);
  if (attemptId !== undefined) {
    await sendOutbound([{ kind: 'payment', attemptId, isHint: true, troubles: 0, waitSeconds: 0 }]);
  }
  return { kind: 'done', status: 200, mediaType: 'application/json', body: { received: true } };
}
