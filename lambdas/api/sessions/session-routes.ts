import * as z from 'zod';
import type { SessionState } from '../../../core/session/session.ts';
import { done, type Refused, refused } from '../../http/answer.ts';
import { readCdrInForce } from '../../store/cdrs/cdr-in-force.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import { readHeldSession } from '../../store/received/received-sessions.ts';
import {
  type AnySession,
  listAllSessions,
  listOwnSessions,
  listRoamingSessions,
} from '../../store/sessions/all-sessions.ts';
import {
  readCounted,
  readRunningView,
  readRunningViews,
} from '../../store/sessions/running-view.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { CdrSchema } from '../cdrs/cdr-schema.ts';
import { sessionCommands } from '../commands/session-commands.ts';
import { queryTime } from '../forms.ts';
import { ownerFilters, ownerOf } from '../list-owner-filter.ts';
import { withReceiptUrl } from '../receipts/receipt-url.ts';
import { EndForm } from './end-form.ts';
import { ownSession } from './own-session.ts';
import { ReadingSchema } from './reading-schema.ts';
import {
  roamingSessionView,
  SessionSchema,
  SingleSessionSchema,
  sessionView,
} from './session-view.ts';

const allStates: readonly SessionState[] = ['active', 'ended', 'void'];

const filters = {
  ...ownerFilters,
  roaming: z.enum(['true', 'false']).optional().meta({
    description:
      'true: only sessions of our drivers at roaming partners; false: only those at our chargers.',
  }),
  from: queryTime.optional(),
  to: queryTime.optional(),
};

type Filters = {
  readonly roaming?: 'true' | 'false' | undefined;
  readonly chargerId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const listOf = { true: listRoamingSessions, false: listOwnSessions } as const;

async function listViews(
  { database, operatorId }: Caller,
  query: Filters,
  page: ListRequest,
  states: readonly SessionState[],
): Promise<
  | Listed<ReturnType<typeof sessionView> | ReturnType<typeof roamingSessionView>>
  | Refused<'INVALID_REQUEST'>
> {
  const found = ownerOf(operatorId, query);
  if (found.kind === 'refused') return found;
  const operator = await readOperator(database, operatorId);
  const list = query.roaming === undefined ? listAllSessions : listOf[query.roaming];
  const { items, next } = await list(database, operatorId, {
    ...page,
    states,
    shards: operator === undefined ? [] : shardsOf(operator),
    from: query.from,
    to: query.to,
    owner: found.owner,
  });
  const running = items.flatMap((one) =>
    one.kind === 'own' && one.stored.result === undefined ? one.stored.session.sessionId : [],
  );
  const live = await readRunningViews(database, running);
  const view = (one: AnySession) =>
    one.kind === 'roaming'
      ? roamingSessionView(one.held)
      : sessionView(one.stored, live.get(one.stored.session.sessionId));
  return { items: items.map(view), next };
}

/** The calls about sessions. */
export const sessionRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/sessions',
    summary:
      'Lists sessions at our chargers and of our drivers at roaming partners, all or those of a charger, a location or an account; those that started last come first.',
    scope: 'sessions:read',
    errors: ['INVALID_REQUEST'],
    filters: { ...filters, state: z.enum(['active', 'ended', 'void']).optional() },
    item: SessionSchema,
    run: async (caller, { query, page }) =>
      await listViews(caller, query, page, query.state === undefined ? allStates : [query.state]),
  }),
  listRoute({
    path: '/sessions/active',
    summary: 'Lists active sessions with their energy, power and cost so far.',
    scope: 'sessions:read',
    errors: ['INVALID_REQUEST'],
    filters,
    item: SessionSchema,
    run: async (caller, { query, page }) => await listViews(caller, query, page, ['active']),
  }),
  route({
    method: 'GET',
    path: '/sessions/{sessionId}',
    summary: 'Returns a session, with the commands that began and ended it.',
    scope: 'sessions:read',
    response: SingleSessionSchema,
    errors: ['SESSION_NOT_FOUND'],
    run: async (caller, { path: { sessionId } }) => {
      if (sessionId.startsWith('rse_')) {
        const held = await readHeldSession(caller.database, caller.operatorId, sessionId);
        if (held === undefined) return refused('SESSION_NOT_FOUND');
        return done({ ...roamingSessionView(held), startedBy: null, stoppedBy: null });
      }
      const stored = await ownSession(caller, sessionId);
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const [live, commands] = await Promise.all([
        readRunningView(caller.database, stored.session.sessionId),
        sessionCommands(caller.database, stored, caller.now),
      ]);
      return done({ ...sessionView(stored, live), ...commands });
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/{sessionId}/end',
    summary:
      'Ends an active session that its charger will not end, as one that was taken away: it is billed by its readings until then. What the charger says later still counts.',
    scope: 'sessions:write',
    body: EndForm,
    example: { reason: 'The charger was taken away.' },
    response: SessionSchema,
    errors: [
      'SESSION_NOT_FOUND',
      'SESSION_NOT_ACTIVE',
      'SESSION_STILL_REPORTED',
      'INVALID_REQUEST',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { sessionId }, body }) => {
      // It has to understand messages of chargers of every version.
      const { endSession } = await import('./end-session.ts');
      return await endSession(caller, sessionId, body);
    },
  }),
  listRoute({
    path: '/sessions/{sessionId}/readings',
    summary:
      'Lists the readings of a session, as received and as understood; late=false leaves out those that arrived too late for its CDR.',
    scope: 'sessions:read',
    filters: {
      late: z
        .enum(['true', 'false'])
        .transform((late) => late === 'true')
        .optional(),
    },
    item: ReadingSchema,
    errors: ['SESSION_NOT_FOUND'],
    run: async (caller, { path: { sessionId }, query, page }) => {
      const stored = await ownSession(caller, sessionId);
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const counted = await readCounted(caller.database, stored);
      // It has to understand messages of chargers of every version.
      const { listReadings } = await import('./list-readings.ts');
      return await listReadings(caller.database, stored, counted, { ...page, late: query.late });
    },
  }),
  route({
    method: 'GET',
    path: '/sessions/{sessionId}/cdr',
    summary: 'Returns the current CDR of a session.',
    scope: 'cdrs:read',
    response: CdrSchema,
    errors: ['SESSION_NOT_FOUND', 'CDR_NOT_READY'],
    run: async (caller, { path: { sessionId } }) => {
      const stored = await ownSession(caller, sessionId);
      if (stored === undefined) return refused('SESSION_NOT_FOUND');
      const cdr = await readCdrInForce(caller.database, stored);
      return cdr === undefined
        ? refused('CDR_NOT_READY')
        : done(await withReceiptUrl(caller.database, cdr));
    },
  }),
];
