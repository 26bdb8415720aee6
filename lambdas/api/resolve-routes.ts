import { noQuery } from './forms.ts';
import { resolveCdr } from './resolve-cdr.ts';
import { choiceOf, ResolveForm } from './resolve-form.ts';
import { type Route, route } from './route.ts';

/** The call that decides about held CDRs. */
export const resolveRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/cdrs/{cdrId}/resolve',
    summary:
      'Decides what becomes of a held CDR: bill it as measured, bill another energy, or nothing. It is sealed with the decision.',
    scope: 'cdrs:write',
    query: noQuery,
    body: ResolveForm,
    run: async (caller, { path, body }) =>
      await resolveCdr(caller, path['cdrId'] ?? '', choiceOf(body)),
  }),
];
