import * as z from 'zod';
import { done, refused } from '../../http/answer.ts';
import { listCdrs } from '../../store/cdrs/cdrs.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { queryTime } from '../forms.ts';
import { ownerFilters, ownerOf } from '../list-owner-filter.ts';
import { withReceiptUrl } from '../receipts/receipt-url.ts';
import { ReadingSchema } from '../sessions/reading-schema.ts';
import { findCdr, findEvidence } from './cdr-of.ts';
import { CdrSchema } from './cdr-schema.ts';

const allStates = ['held', 'sealed', 'credited'] as const;

/** The calls about CDRs. */
export const cdrRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/cdrs',
    summary:
      'Lists CDRs, all or those of a charger, a location or an account; those of the sessions that ended last come first.',
    scope: 'cdrs:read',
    filters: {
      state: z.enum(allStates).optional(),
      ...ownerFilters,
      from: queryTime.optional(),
      to: queryTime.optional(),
    },
    item: CdrSchema,
    errors: ['INVALID_REQUEST'],
    run: async ({ database, operatorId }, { query, page }) => {
      const found = ownerOf(operatorId, query);
      if (found.kind === 'refused') return found;
      const operator = await readOperator(database, operatorId);
      return await listCdrs(database, operatorId, {
        ...page,
        states: query.state === undefined ? allStates : [query.state],
        shards: operator === undefined ? [] : shardsOf(operator),
        from: query.from,
        to: query.to,
        owner: found.owner,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/cdrs/{cdrId}',
    summary: 'Returns a CDR: the current one of a session, a credited one, or a credit.',
    scope: 'cdrs:read',
    response: CdrSchema,
    errors: ['CDR_NOT_FOUND'],
    run: async (caller, { path: { cdrId } }) => {
      const cdr = await findCdr(caller, cdrId);
      return cdr?.cdrId === cdrId
        ? done(await withReceiptUrl(caller.database, cdr))
        : refused('CDR_NOT_FOUND');
    },
  }),
  listRoute({
    path: '/cdrs/{cdrId}/readings',
    summary:
      'Lists the readings that a CDR was computed from, as received and as understood: everything needed to verify it.',
    scope: 'sessions:read',
    item: ReadingSchema,
    errors: ['CDR_NOT_FOUND'],
    run: async (caller, { path: { cdrId }, page }) => {
      const evidence = await findEvidence(caller, cdrId);
      if (evidence === undefined) return refused('CDR_NOT_FOUND');
      const { stored, counted } = evidence;
      // It has to understand messages of chargers of every version.
      const { listReadings } = await import('../sessions/list-readings.ts');
      return await listReadings(caller.database, stored, counted, { ...page, late: false });
    },
  }),
];
