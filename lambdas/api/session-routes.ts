import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import type { SessionState } from '../../core/session/session.ts';
import { readOperator, shardsOf } from '../store/operators.ts';
import { readCounted, readRunningView, readRunningViews } from '../store/running-view.ts';
import type { StoredSession } from '../store/session-item.ts';
import { listSessions, type SessionQuery } from '../store/sessions.ts';
import type { Listed } from '../store/table/listed.ts';
import { type ApiAnswer, done, refused } from './api-answer.ts';
import { cdrOf } from './cdr-of.ts';
import { id, listQuery, noBody, noQuery, queryTime } from './forms.ts';
import { listReadings } from './list-readings.ts';
import { listRequest } from './list-request.ts';
import { ownSession } from './own-session.ts';
import { type Caller, type Route, route } from './route.ts';
import { sessionView } from './session-view.ts';

const allStates: readonly SessionState[] = ['active', 'ended', 'void'];

const filters = {
  chargerId: id(48).optional(),
  from: queryTime.optional(),
  to: queryTime.optional(),
};

const SessionsQuery = z.strictObject({
  ...listQuery,
  ...filters,
  state: z.enum(['active', 'ended', 'void']).optional(),
});
const ReadingsQuery = z.strictObject({
  ...listQuery,
  late: z
    .enum(['true', 'false'])
    .transform((late) => late === 'true')
    .optional(),
});
const ActiveQuery = z.strictObject({ ...listQuery, ...filters });

async function answerList(
  caller: Caller,
  query: z.infer<typeof ActiveQuery>,
  states: readonly SessionState[],
): Promise<ApiAnswer> {
  const { database, operatorId } = caller;
  const request = listRequest(query);
  if (request === undefined) return refused('INVALID_CURSOR');
  const operator = await readOperator(database, operatorId);
  const wanted: SessionQuery = {
    ...request,
    states,
    shards: operator === undefined ? [] : shardsOf(operator),
    from: query.from,
    to: query.to,
    chargerKey: query.chargerId === undefined ? undefined : chargerKey(operatorId, query.chargerId),
  };
  return await withLiveViews(caller, await listSessions(database, operatorId, wanted));
}

async function withLiveViews(
  { database }: Caller,
  page: Listed<StoredSession>,
): Promise<ApiAnswer> {
  const running = page.items.filter(({ result }) => result === undefined);
  const live = await readRunningViews(
    database,
    running.map(({ session }) => session.sessionId),
  );
  const items = page.items.map((one) => sessionView(one, live.get(one.session.sessionId)));
  return done({ items, nextCursor: page.nextCursor });
}

/** The calls about sessions. */
export const sessionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/sessions',
    summary: 'Lists sessions, the latest start first.',
    scope: 'sessions:read',
    query: SessionsQuery,
    body: noBody,
    run: async (caller, { query }) =>
      await answerList(caller, query, query.state === undefined ? allStates : [query.state]),
  }),
  route({
    method: 'GET',
    path: '/sessions/active',
    summary: 'Lists the sessions that run, with energy, power and cost so far.',
    scope: 'sessions:read',
    query: ActiveQuery,
    body: noBody,
    run: async (caller, { query }) => await answerList(caller, query, ['active']),
  }),
  route({
    method: 'GET',
    path: '/sessions/{sessionId}',
    summary: 'Shows a session.',
    scope: 'sessions:read',
    query: noQuery,
    body: noBody,
    run: async (caller, { path }) => {
      const stored = await ownSession(caller, path['sessionId'] ?? '');
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const live = await readRunningView(caller.database, stored.session.sessionId);
      return done(sessionView(stored, live));
    },
  }),
  route({
    method: 'GET',
    path: '/sessions/{sessionId}/readings',
    summary:
      'Lists the readings of a session, as received and as understood; late=false leaves out those that came too late, on which its CDR does not rest.',
    scope: 'sessions:read',
    query: ReadingsQuery,
    body: noBody,
    run: async (caller, { path, query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const stored = await ownSession(caller, path['sessionId'] ?? '');
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const counted = await readCounted(caller.database, stored);
      const wanted = { ...request, late: query.late };
      return done(await listReadings(caller.database, stored, counted, wanted));
    },
  }),
  route({
    method: 'GET',
    path: '/sessions/{sessionId}/cdr',
    summary: 'Shows the CDR of a session.',
    scope: 'cdrs:read',
    query: noQuery,
    body: noBody,
    run: async (caller, { path }) => {
      const stored = await ownSession(caller, path['sessionId'] ?? '');
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const cdr = await cdrOf(caller.database, stored);
      return cdr === undefined ? refused('CDR_NOT_READY') : done(cdr);
    },
  }),
];
