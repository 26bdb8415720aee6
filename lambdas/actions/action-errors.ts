import { decisionErrors } from '../billing/decision-errors.ts';

/** Every error that whoever presses a button of a dashboard can see, with its sentence. docs/errors.md lists the same codes. */
export const actionErrors = {
  ACTION_INVALID: 'The parameters of this button are not valid; show the dashboard again.',
  ACTION_NAME_MISSING: 'State your name: it is kept with the decision.',
  ACTION_REASON_MISSING: 'State a reason of at most 500 characters: it is sealed with the CDR.',
  ACTION_ENERGY_INVALID: 'State the energy in kWh, from 0 to 100000 with at most 6 decimals.',
  CDR_NOT_FOUND: 'The CDR is not there any more; show the dashboard again.',
  CDR_NOT_HELD: decisionErrors.CDR_NOT_HELD[1],
  CDR_RESOLVED: decisionErrors.CDR_RESOLVED[1],
  CDR_CHANGED: decisionErrors.CDR_CHANGED[1],
  CDR_NEEDS_TARIFF:
    'The session has no tariff: name one with POST /cdrs/{cdrId}/resolve, or declare the session void.',
  CDR_HAS_TARIFF: decisionErrors.CDR_HAS_TARIFF[1],
  TARIFF_NOT_FOUND: decisionErrors.TARIFF_NOT_FOUND[1],
} as const satisfies Record<string, string>;

/** One of them. */
export type ActionError = keyof typeof actionErrors;
