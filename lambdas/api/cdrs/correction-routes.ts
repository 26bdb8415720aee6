import { type ApiRoute, route } from '../api-route.ts';
import { CorrectionForm, CorrectionSchema, correctionOf } from './correction-form.ts';

/** The call that corrects sealed CDRs. */
export const correctionRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/cdrs/{cdrId}/corrections',
    summary:
      'Corrects the newest sealed CDR of a session: credits it and bills the same readings by another tariff, or credits it alone, so that nothing is billed. Reason and key are sealed with the credit.',
    scope: 'cdrs:write',
    body: CorrectionForm,
    example: {
      reason: 'The tariff was wrong for a week.',
      tariffId: 'tar_4k2q7x3m5n6p8r9s',
      tariffVersion: 2,
    },
    status: 202,
    response: CorrectionSchema,
    errors: [
      'CDR_NOT_FOUND',
      'TARIFF_NOT_FOUND',
      'TARIFF_VERSION_NOT_FOUND',
      'CDR_HELD',
      'CDR_NOT_IN_FORCE',
      'CDR_CORRECTED_OTHERWISE',
      'CDR_CHANGED',
      'CORRECTION_CHANGES_NOTHING',
      'CORRECTION_OTHER_CURRENCY',
      'CORRECTION_HELD',
      'READINGS_EXPIRED',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { cdrId }, body }) => {
      // Loaded when needed: it prices.
      const { correctCdr } = await import('./correct-cdr.ts');
      return await correctCdr(caller, cdrId, correctionOf(body));
    },
  }),
];
