import { type ApiRoute, route } from '../api-route.ts';
import { PullForm, PullsSchema } from './pull-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./pull-calls.ts');

/** The calls about reading what partners have of their chargers, and of sessions of our drivers. */
export const pullRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/partners/{partnerId}/pulls',
    summary:
      'Has locations, tariffs, sessions and CDRs, or tokens, read at a roaming partner: everything the first time, then what changed since. Pulls that run go on.',
    scope: 'partners:write',
    body: PullForm,
    example: { modules: ['locations', 'tariffs'] },
    status: 202,
    response: PullsSchema,
    errors: ['PARTNER_NOT_FOUND', 'PARTNER_NOT_REGISTERED'],
    repeatable: 'claimed',
    run: async (caller, { path: { partnerId }, body }) =>
      await (await calls()).beginPullsCall(caller, partnerId, body),
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}/pulls',
    summary:
      'Returns how far the last pulls from a roaming partner are, and what could not be kept.',
    scope: 'partners:read',
    response: PullsSchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId } }) =>
      await (await calls()).readPullsCall(caller, partnerId),
  }),
];
