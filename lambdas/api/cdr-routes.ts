import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { listCdrs } from '../store/cdrs.ts';
import { readOperator, shardsOf } from '../store/operators.ts';
import { done, refused } from './api-answer.ts';
import { findCdr, findEvidence } from './cdr-of.ts';
import { id, listQuery, noBody, noQuery, queryTime } from './forms.ts';
import { listReadings } from './list-readings.ts';
import { listRequest } from './list-request.ts';
import { type Route, route } from './route.ts';

const allStates = ['sealed', 'held', 'credited'] as const;

const CdrsQuery = z.strictObject({
  ...listQuery,
  state: z.enum(allStates).optional(),
  chargerId: id(48).optional(),
  from: queryTime.optional(),
  to: queryTime.optional(),
});

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
        states: query.state === undefined ? allStates : [query.state],
        shards: operator === undefined ? [] : shardsOf(operator),
        from: query.from,
        to: query.to,
        chargerKey:
          query.chargerId === undefined ? undefined : chargerKey(operatorId, query.chargerId),
      });
      return done(page);
    },
  }),
  route({
    method: 'GET',
    path: '/cdrs/{cdrId}',
    summary: 'Shows a CDR: the one in force, one that was credited, or a credit.',
    scope: 'cdrs:read',
    query: noQuery,
    body: noBody,
    run: async (caller, { path }) => {
      const cdrId = path['cdrId'] ?? '';
      const cdr = await findCdr(caller, cdrId);
      return cdr?.cdrId === cdrId ? done(cdr) : refused('CDR_NOT_FOUND');
    },
  }),
  route({
    method: 'GET',
    path: '/cdrs/{cdrId}/readings',
    summary:
      'Lists the readings that a CDR rests on, as received and as understood: all that its verification takes.',
    scope: 'sessions:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async (caller, { path, query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const evidence = await findEvidence(caller, path['cdrId'] ?? '');
      if (evidence === undefined) return refused('CDR_NOT_FOUND');
      const { stored, counted } = evidence;
      const wanted = { ...request, late: false };
      return done(await listReadings(caller.database, stored, counted, wanted));
    },
  }),
];
