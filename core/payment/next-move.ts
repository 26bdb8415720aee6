import type { Attempt } from './attempt.ts';
import { type MinorUnits, minorUnits } from './minor-units.ts';
import type { ProviderState } from './provider.ts';

/** Everything that is known of an attempt when it is looked at. */
export type AttemptFacts = {
  readonly attempt: Attempt;
  /** As the provider says now; absent until it was asked for the hold. */
  readonly payment: ProviderState | undefined;
  /** `void`: its session was declared void, or its CDR bills nothing and never will. */
  readonly session: 'none' | 'active' | 'ended' | 'void';
  /** The cost of the running session so far, with VAT. */
  readonly cost: MinorUnits | undefined;
  /** The sum of the sealed CDRs of its session with VAT; undefined until the first is sealed, and while a correction is known by half. */
  readonly due: MinorUnits | undefined;
  /** Epoch ms. */
  readonly now: number;
};

/** The next thing to do about an attempt. */
export type Move =
  | { readonly kind: 'hold' }
  | { readonly kind: 'start' }
  | { readonly kind: 'block' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'raise'; readonly amount: MinorUnits }
  | { readonly kind: 'capture'; readonly amount: MinorUnits }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refund'; readonly amount: MinorUnits }
  /** Has a refund on its way looked at again after a time, once, whoever finds it. */
  | { readonly kind: 'follow'; readonly seconds: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Nothing is to be done until a CDR of its session is sealed, if ever. */
  | { readonly kind: 'done' };

const minute = 60_000;

/** A driver who has not authorised a payment by then has left. */
const patience = 32 * minute;
/** A session that has not begun by then does not begin. */
const startsWithin = 90_000;
/** A start that was under way when its token was blocked is here by then. */
const settlesWithin = 30_000;
/** The running cost from which on a hold is raised or its session stopped, percent of it. */
const enough = 90n;

/** Seconds until a refund is looked at again that is on its way. */
const refundLook = 6 * 3_600;
/** Clocks of those who look differ by less, ms. */
const clockSkew = 60_000;

const since = (now: number, at: string): number => now - Date.parse(at);

type Held = { readonly payment: ProviderState };

const wait = (seconds: number): Move => ({ kind: 'wait', seconds });

function least(a: MinorUnits, b: MinorUnits): MinorUnits {
  if (a < b) return a;
  return b;
}

/** The amount that a hold may be raised to on its way to one that is wanted; undefined where it may not be raised. */
function raisable({ attempt, payment }: Pick<AttemptFacts, 'attempt'> & Held, wanted: bigint) {
  const isHighest = payment.held >= attempt.mostHold;
  return isHighest || attempt.isRaiseRefused === true
    ? undefined
    : least(minorUnits(wanted), attempt.mostHold);
}

/** While a session runs: the hold covers its cost, or it ends. */
function whileActive(facts: AttemptFacts & Held): Move {
  const { attempt, payment, cost } = facts;
  if (attempt.stopAskedAt !== undefined) return { kind: 'stop' };
  if (cost === undefined || cost * 100n < payment.held * enough) return wait(30);
  const amount = raisable(facts, payment.held + attempt.hold);
  return amount === undefined ? { kind: 'stop' } : { kind: 'raise', amount };
}

/** With the final bill: it is taken of the hold, which is raised before where it is too small and may be raised. */
function whenDue(facts: AttemptFacts & Held, due: MinorUnits): Move {
  const { payment } = facts;
  if (due <= 0n) return { kind: 'cancel' };
  const amount = due > payment.held ? raisable(facts, due) : undefined;
  return amount === undefined
    ? { kind: 'capture', amount: least(due, payment.held) }
    : { kind: 'raise', amount };
}

/** Before a session: the charger is asked to start once, and the hold is given up where it does not. */
function beforeSession({ attempt, now }: AttemptFacts & Held): Move {
  if (attempt.startedAt === undefined) return { kind: 'start' };
  if (since(now, attempt.startedAt) < startsWithin) return wait(5);
  if (attempt.blockedAt === undefined) return { kind: 'block' };
  return since(now, attempt.blockedAt) < settlesWithin ? wait(10) : { kind: 'cancel' };
}

function whileHeld(facts: AttemptFacts & Held): Move {
  const { due, session } = facts;
  if (due !== undefined) return whenDue(facts, due);
  switch (session) {
    case 'none':
      return beforeSession(facts);
    case 'active':
      return whileActive(facts);
    case 'ended':
      // A CDR that is held may be decided in days; its seal makes a look come at once.
      return wait(since(facts.now, facts.attempt.createdAt) < 180 * minute ? 15 : 900);
    case 'void':
      return { kind: 'cancel' };
    default:
      return session satisfies never;
  }
}

/** The row of looks at an attempt ended with its capture: a refund has looks of its own, one after the other. */
function whileRefunded({ attempt: { refundLookAt }, now }: AttemptFacts): Move {
  const isPlanned = refundLookAt !== undefined && now + clockSkew < Date.parse(refundLookAt);
  return isPlanned ? { kind: 'done' } : { kind: 'follow', seconds: refundLook };
}

/** A correction downwards is given back, once: a card that refuses a refund would refuse it the next time. */
function whenCaptured(facts: AttemptFacts & Held): Move {
  const { payment, due } = facts;
  const kept = payment.captured - payment.refunded - payment.refundFailed;
  if (due !== undefined && kept > due) {
    const amount = minorUnits(kept - (due < 0n ? 0n : due));
    if (amount > 0n) return { kind: 'refund', amount };
  }
  return payment.isRefundPending === true ? whileRefunded(facts) : { kind: 'done' };
}

/**
 * Says what is next for an attempt, from nothing but its state: so it may be asked at any time and any number of times, and an event
 * that was lost changes nothing but when. Money is taken once, after a CDR is sealed, and never more than is held; what corrections
 * take back from the bill is refunded.
 */
export function nextMove(facts: AttemptFacts): Move {
  const { attempt, payment, now } = facts;
  const isLeft = since(now, attempt.createdAt) >= patience;
  if (payment === undefined) return isLeft ? { kind: 'done' } : { kind: 'hold' };
  const known = { ...facts, payment };
  switch (payment.state) {
    case 'open':
      return isLeft
        ? { kind: 'cancel' }
        : wait(since(now, attempt.createdAt) < 5 * minute ? 5 : 30);
    case 'held':
      return whileHeld(known);
    case 'captured':
      return whenCaptured(known);
    case 'ended':
      return { kind: 'done' };
    default:
      return payment.state satisfies never;
  }
}
