import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { listCdrs } from '../store/cdrs.ts';
import { readOperator, shardsOf } from '../store/operators.ts';
import { done, refused } from './api-answer.ts';
import { cdrOf } from './cdr-of.ts';
import { id, listQuery, noBody, noQuery, queryTime } from './forms.ts';
import { listRequest } from './list-request.ts';
import { type Route, route } from './route.ts';
import { ownSession } from './session-routes.ts';

const CdrsQuery = z.strictObject({
  ...listQuery,
  state: z.enum(['sealed', 'held']).optional(),
  chargerId: id(48).optional(),
  from: queryTime.optional(),
  to: queryTime.optional(),
});

const sessionIdOf = (cdrId: string): string => cdrId.replace(/^cdr_/, 'ses_');

/** The calls about CDRs. */
export const cdrRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/cdrs',
    summary: 'Lists CDRs, the latest end of a session first.',
    scope: 'cdrs:read',
    query: CdrsQuery,
    body: noBody,
    run: async ({ database, operatorId }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const operator = await readOperator(database, operatorId);
      const page = await listCdrs(database, operatorId, {
        ...request,
        states: query.state === undefined ? ['sealed', 'held'] : [query.state],
        shards: operator === undefined ? [] : shardsOf(operator),
        from: query.from,
        to: query.to,
        chargerKey: query.chargerId === undefined ? undefined : chargerKey(query.chargerId),
      });
      return done(page);
    },
  }),
  route({
    method: 'GET',
    path: '/cdrs/{cdrId}',
    summary: 'Shows a CDR.',
    scope: 'cdrs:read',
    query: noQuery,
    body: noBody,
    run: async (caller, { path }) => {
      const cdrId = path['cdrId'] ?? '';
      const stored = cdrId.startsWith('cdr_')
        ? await ownSession(caller, sessionIdOf(cdrId))
        : undefined;
      const cdr = stored === undefined ? undefined : await cdrOf(caller.database, stored);
      return cdr?.cdrId === cdrId ? done(cdr) : refused('CDR_NOT_FOUND');
    },
  }),
];
