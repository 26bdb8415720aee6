import { type ApiRoute, route } from '../api-route.ts';
import { DecisionSchema } from './cdr-schema.ts';
import { resolveCdr } from './resolve-cdr.ts';
import { choiceOf, ResolveForm } from './resolve-form.ts';

/** The call that decides about held CDRs. */
export const resolveRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/cdrs/{cdrId}/resolve',
    summary:
      'Decides a held CDR: bill it as measured, bill another energy, or declare the session void. The decision is sealed with the CDR.',
    scope: 'cdrs:write',
    body: ResolveForm,
    example: { decision: 'setEnergy', energyKwh: 7.5, reason: 'Read off the meter.' },
    status: 202,
    response: DecisionSchema,
    errors: [
      'CDR_NOT_FOUND',
      'CDR_NOT_HELD',
      'CDR_RESOLVED',
      'CDR_CHANGED',
      'CDR_NEEDS_TARIFF',
      'CDR_HAS_TARIFF',
      'TARIFF_NOT_FOUND',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { cdrId }, body }) =>
      await resolveCdr(caller, cdrId, choiceOf(body)),
  }),
];
