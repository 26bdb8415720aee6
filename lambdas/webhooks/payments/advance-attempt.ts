import type { Attempt } from '../../../core/payment/attempt.ts';
import type { MinorUnits } from '../../../core/payment/minor-units.ts';
import { type AttemptFacts, type Move, nextMove } from '../../../core/payment/next-move.ts';
import type { PaymentProvider, ProviderState } from '../../../core/payment/provider.ts';

/** The session of an attempt, as far as its payment depends on it. */
export type Progress = Pick<AttemptFacts, 'session' | 'cost' | 'due'> & {
  readonly sessionId?: string | undefined;
};

/** The surroundings of an attempt. */
export type Paying = {
  readonly read: (attemptId: string) => Promise<Attempt | undefined>;
  readonly change: (attemptId: string, change: Partial<Attempt>) => Promise<Attempt | undefined>;
  /** The provider of its operator; undefined where that has none any more. */
  readonly providerOf: (operatorId: string) => Promise<PaymentProvider | undefined>;
  readonly progressOf: (attempt: Attempt) => Promise<Progress>;
  /** Tells the charger that its driver is paying, where it can show that. */
  readonly announce: (attempt: Attempt) => Promise<void>;
  /** Asks the charger to start a session with its token. */
  readonly start: (attempt: Attempt) => Promise<void>;
  /** Has its token start nothing more. */
  readonly block: (attempt: Attempt) => Promise<void>;
  readonly stop: (attempt: Attempt) => Promise<void>;
  /** Has it looked at after so many seconds, beside the row of looks that it may be in. */
  readonly lookAgain: (attemptId: string, seconds: number) => Promise<void>;
  /** Notes on the bill of its session what the provider took, gave back, or failed to take. */
  readonly record: (attempt: Attempt, payment: ProviderState, due: MinorUnits) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Moves in one look: an attempt has fewer from its begin to its end. */
const mostMoves = 12;
/** Seconds until a stop is looked after. */
const afterStop = 30;

type Look = {
  readonly paying: Paying;
  readonly provider: PaymentProvider;
  readonly attempt: Attempt;
  readonly payment: ProviderState | undefined;
};

async function hold({ paying, provider, attempt }: Look): Promise<void> {
  const { attemptId, createdAt, currency, hold: amount, description, pageUrl: returnUrl } = attempt;
  const wanted = { attemptId, createdAt, currency, amount, description, returnUrl };
  const { reference, url } = await provider.createHold(wanted);
  const payUrl = url === undefined ? {} : { payUrl: url };
  await paying.change(attemptId, { reference, ...payUrl });
  // A charger that shows nothing is paid for all the same.
  await paying.announce(attempt);
}

/** Notes when something was done, after it was: whoever ended in between does it again, which changes nothing. */
async function note({ paying, attempt }: Look, name: 'startedAt' | 'blockedAt'): Promise<void> {
  await paying.change(attempt.attemptId, { [name]: new Date(paying.now()).toISOString() });
}

async function move(look: Look, next: Exclude<Move, { kind: 'wait' | 'done' }>): Promise<void> {
  const { paying, provider, attempt, payment } = look;
  const { attemptId, reference = '' } = attempt;
  switch (next.kind) {
    case 'hold':
      return await hold(look);
    case 'start':
      await paying.start(attempt);
      return await note(look, 'startedAt');
    case 'block':
      await paying.block(attempt);
      return await note(look, 'blockedAt');
    case 'stop':
      return await paying.stop(attempt);
    case 'raise': {
      const key = `${attemptId}:raise:${next.amount}`;
      const raised = await provider.raiseHold(reference, next.amount, key);
      if (raised === 'refused') {
        const held = payment === undefined ? {} : { heldAtMost: payment.held };
        await paying.change(attemptId, { isRaiseRefused: true, ...held });
      }
      return;
    }
    case 'capture':
      return await provider.capture(reference, next.amount, `${attemptId}:capture:${next.amount}`);
    case 'cancel':
      return await provider.cancel(reference, `${attemptId}:cancel`);
    case 'refund': {
      // The sum of earlier refunds, failed ones as well, is part of the key: a refund that is repeated is the same, and a further one is not.
      const before = (payment?.refunded ?? 0n) + (payment?.refundFailed ?? 0n);
      const key = `${attemptId}:refund:${before}:${next.amount}`;
      return await provider.refund(reference, next.amount, key, attemptId);
    }
    case 'follow': {
      // Sent before it is noted: whoever ends in between leaves one look more, and not one less.
      await paying.lookAgain(attemptId, next.seconds);
      const refundLookAt = new Date(paying.now() + next.seconds * 1000).toISOString();
      await paying.change(attemptId, { refundLookAt });
      return;
    }
    default:
      return next satisfies never;
  }
}

/** Keeps what was learned of an attempt. */
async function keep(
  paying: Paying,
  attempt: Attempt,
  payment: ProviderState | undefined,
  { sessionId }: Progress,
): Promise<Attempt> {
  const change = {
    ...(payment === undefined || payment.state === attempt.state ? {} : { state: payment.state }),
    ...(sessionId === undefined || sessionId === attempt.sessionId ? {} : { sessionId }),
  };
  if (Object.keys(change).length === 0) return attempt;
  return (await paying.change(attempt.attemptId, change)) ?? attempt;
}

/** Reads an attempt with its payment and its session, and says what is next; undefined where nobody can do anything about it. */
async function lookAt(
  paying: Paying,
  attemptId: string,
): Promise<{ readonly look: Look; readonly next: Move } | undefined> {
  const known = await paying.read(attemptId);
  const provider = known && (await paying.providerOf(known.operatorId));
  if (known === undefined || provider === undefined) return undefined;
  const { reference } = known;
  const payment = reference === undefined ? undefined : await provider.read(reference);
  const progress = await paying.progressOf(known);
  const attempt = await keep(paying, known, payment, progress);
  const { due } = progress;
  if (payment !== undefined && due !== undefined) await paying.record(attempt, payment, due);
  const next = nextMove({ attempt, payment, ...progress, now: paying.now() });
  return { look: { paying, provider, attempt, payment }, next };
}

/**
 * Takes an attempt as far as it goes now: reads it, its payment and its session, and does what is next, until it has to wait. Gives the
 * seconds after which to look again; undefined where only a CDR of its session can change anything.
 */
export async function advanceAttempt(
  paying: Paying,
  attemptId: string,
): Promise<number | undefined> {
  for (let n = 0; n < mostMoves; n += 1) {
    const found = await lookAt(paying, attemptId);
    if (found === undefined || found.next.kind === 'done') return undefined;
    const { look, next } = found;
    if (next.kind === 'wait') return next.seconds;
    await move(look, next);
    if (next.kind === 'stop') return afterStop;
  }
  return afterStop;
}
