/** Where the register of a connector stood when the session before ended, by that session's own stop. */
export type PreviousRegister = {
  readonly sessionId: string;
  /** Wh as the charger stated it. */
  readonly wh: number;
};

/**
 * What a CDR rests on beside its session, its tariff and its readings: what was known elsewhere when it was made. All of
 * it stands in the evidence as it was, so that whoever verifies the CDR needs nothing else. What did not apply is absent.
 */
export type CdrBasis = {
  readonly previousRegister?: PreviousRegister;
};

/** The basis of a session of which nothing is known elsewhere. */
export const noBasis: CdrBasis = {};
