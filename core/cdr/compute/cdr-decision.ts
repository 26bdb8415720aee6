/** An operator's decision about a held CDR: bill as measured, bill another energy, or bill nothing. */
export type CdrChoice =
  | {
      readonly kind: 'accept';
      readonly reason?: string;
      /** The tariff to bill by, where the charger had none when the session started. */
      readonly tariffId?: string;
    }
  | {
      readonly kind: 'setEnergy';
      /** Up to 6 decimals. */
      readonly energyKwh: number;
      readonly reason: string;
      readonly tariffId?: string;
    }
  | { readonly kind: 'void'; readonly reason: string };

/** Who took a decision. */
export type DecidedBy =
  /** Whoever used this API key, which had this name at that time. */
  | { readonly apiKeyId: string; readonly name: string }
  /**
   * Whoever pressed a button of a dashboard: CloudWatch says nothing of them, so that the name is what they stated. CloudTrail
   * has their identity under the id of the invocation.
   */
  | { readonly invocationId: string; readonly name: string };

/** A decision with when and by whom it was taken. It is final: whatever arrives later of the session does not count. */
export type CdrDecision = CdrChoice & {
  /** Our clock, ISO 8601 in UTC. */
  readonly decidedAt: string;
  readonly decidedBy: DecidedBy;
};

/** True when two decisions come to the same, whoever took them and whenever. */
export const sameDecision = (a: CdrChoice, b: CdrChoice): boolean =>
  a.kind === b.kind &&
  a.reason === b.reason &&
  tariffOf(a) === tariffOf(b) &&
  energyOf(a) === energyOf(b);

const tariffOf = (decision: CdrChoice): string | undefined =>
  decision.kind === 'void' ? undefined : decision.tariffId;

const energyOf = (decision: CdrChoice): number | undefined =>
  decision.kind === 'setEnergy' ? decision.energyKwh : undefined;
