import type { MinorUnits } from './minor-units.ts';

/** A driver's attempt to charge and pay without a contract: one payment, and one session at most. */
export type Attempt = {
  /** Also the token that starts its session, which nobody else has. */
  readonly attemptId: string;
  readonly operatorId: string;
  readonly chargerKey: string;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  /** ISO 4217. */
  readonly currency: string;
  /** The amount that is held at first, and the most that it may be raised to. */
  readonly hold: MinorUnits;
  readonly mostHold: MinorUnits;
  /** ISO 8601 in UTC, as all times. */
  readonly createdAt: string;
  /** Where its driver follows it. */
  readonly pageUrl: string;
  /** A line that its driver reads at the provider. */
  readonly description: string;
  /** Its id at the provider, once that was asked. */
  readonly reference?: string;
  /** Where its driver pays, until the provider says that they did. */
  readonly payUrl?: string;
  /** When the charger was asked to start. */
  readonly startedAt?: string;
  /** When its token was blocked, as no session had begun. */
  readonly blockedAt?: string;
  readonly sessionId?: string;
  /** When its driver asked to stop. */
  readonly stopAskedAt?: string;
  /** True once a raise was refused: another one is not tried. */
  readonly isRaiseRefused?: true;
  /** The amount that was held when a raise was refused: no more will be. */
  readonly heldAtMost?: MinorUnits;
  /** When a refund on its way is looked at next, ISO 8601 in UTC. */
  readonly refundLookAt?: string;
  /** The state at the provider when it was read last. */
  readonly state?: 'open' | 'held' | 'captured' | 'ended';
};

const prefix = 'pay';

/** Characters of an id behind its prefix: 85 bits, and no more than the 20 characters of a token of OCPP 1.6. */
export const attemptIdLength = 17;

/** The id of an attempt from its random part. */
export const attemptIdOf = (random: string): string => `${prefix}${random}`;

/** Whether a token is that of an attempt: no card has one like it. */
export const isAttemptId = (tokenId: string): boolean =>
  new RegExp(`^${prefix}[a-z2-7]{${attemptIdLength}}$`, 'i').test(tokenId);
