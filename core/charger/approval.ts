/**
 * Whether the operator of a charger lets it take part: yes, not yet, or no. A charger hears it when it boots (RegistrationStatus
 * of OCPP 1.6 section 7.36 and OCPP 2.0.1 part 2 section 3.66).
 */
export const approvals = ['accepted', 'pending', 'rejected'] as const;

/** One of them. */
export type Approval = (typeof approvals)[number];

/** That of a charger which is not accepted, at least not yet. */
export type MissingApproval = Exclude<Approval, 'accepted'>;

/** Reads it where it was kept as text; undefined for a charger that is accepted. */
export const missingApprovalFrom = (text: string | undefined): MissingApproval | undefined =>
  text === 'pending' || text === 'rejected' ? text : undefined;
