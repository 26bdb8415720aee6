import type { MinorUnits } from './minor-units.ts';

/** A payment as its provider knows it. */
export type ProviderState = {
  /** Its id at the provider. */
  readonly reference: string;
  /**
   * `open`: its driver has not authorised it; `held`: an amount is reserved; `captured`: money was taken; `ended`: neither, and
   * neither will be.
   */
  readonly state: 'open' | 'held' | 'captured' | 'ended';
  readonly held: MinorUnits;
  readonly captured: MinorUnits;
  /** Given back, or on its way; without refunds that came back. */
  readonly refunded: MinorUnits;
  /** Refunds that came back, as from a card that is no more: their money is with the operator again. */
  readonly refundFailed: MinorUnits;
  /** True while it is not known of a refund whether it arrives. */
  readonly isRefundPending?: true;
  /** Where its driver authorises it, while it is open. */
  readonly url?: string;
};

/** A hold that is wanted: one for each attempt, however often it is asked for. */
export type WantedHold = {
  readonly attemptId: string;
  /** When the attempt was made, ISO 8601 in UTC: a call that is repeated later is the same. */
  readonly createdAt: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly amount: MinorUnits;
  /** A line that its driver reads at the provider. */
  readonly description: string;
  /** Where the provider sends its driver back to. */
  readonly returnUrl: string;
};

/**
 * A provider of card payments. Each call may be repeated: what has the same key is done once. State is always read back; an event of
 * the provider says no more than that there is something to read.
 */
export type PaymentProvider = {
  readonly createHold: (wanted: WantedHold) => Promise<ProviderState>;
  readonly read: (reference: string) => Promise<ProviderState>;
  /** Raises a hold to an amount; `refused` where the provider or the bank does not do that. */
  readonly raiseHold: (
    reference: string,
    amount: MinorUnits,
    key: string,
  ) => Promise<'raised' | 'refused'>;
  /** Takes a part of what is held; the rest is released. */
  readonly capture: (reference: string, amount: MinorUnits, key: string) => Promise<void>;
  /** Gives up a payment that nothing was taken of. */
  readonly cancel: (reference: string, key: string) => Promise<void>;
  /** Gives back a part of what was taken; its events name the attempt. */
  readonly refund: (
    reference: string,
    amount: MinorUnits,
    key: string,
    attemptId: string,
  ) => Promise<void>;
};
