/** Why a held CDR cannot be decided as somebody wants: status and sentence. */
export const decisionErrors = {
  CDR_NOT_FOUND: [404, 'No CDR has this id.'],
  TARIFF_NOT_FOUND: [404, 'No tariff has this id.'],
  CDR_NOT_HELD: [409, 'The CDR is not held; only a held CDR can be resolved.'],
  CDR_RESOLVED: [409, 'A different decision about this CDR has already been made.'],
  CDR_CHANGED: [
    409,
    'The session has just changed and its CDR is being regenerated; fetch it again.',
  ],
  CDR_NEEDS_TARIFF: [
    409,
    'The session has no tariff; give a tariffId, or declare the session void.',
  ],
  CDR_HAS_TARIFF: [409, 'The session already has a tariff and is billed by it; omit tariffId.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** One of them. */
export type DecisionError = keyof typeof decisionErrors;
