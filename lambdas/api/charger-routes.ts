import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { listChargers, readCharger } from '../store/chargers.ts';
import { done, refused } from './api-answer.ts';
import { chargerView } from './charger-view.ts';
import { listQuery, noBody, noQuery } from './forms.ts';
import { listRequest } from './list-request.ts';
import { readChargerFacts } from './read-charger-facts.ts';
import { ChargerForm, registerCharger } from './register-charger.ts';
import { type Route, route } from './route.ts';

/** The calls about chargers. */
export const chargerRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/chargers',
    summary: 'Registers a charger and shows its password and connection token, once.',
    scope: 'chargers:write',
    query: noQuery,
    body: ChargerForm,
    run: async (caller, { body }) => await registerCharger(caller, body),
  }),
  route({
    method: 'GET',
    path: '/chargers',
    summary: 'Lists chargers by id, with their connection and connectors.',
    scope: 'chargers:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async ({ database, operatorId, now }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const page = await listChargers(database, operatorId, request);
      const facts = await readChargerFacts(database, page.items);
      const items = facts.map((one) => chargerView(one, Date.parse(now)));
      return done({ items, nextCursor: page.nextCursor });
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}',
    summary: 'Shows a charger with its connection and connectors.',
    scope: 'chargers:read',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId, now }, { path }) => {
      const charger = await readCharger(database, chargerKey(operatorId, path['chargerId'] ?? ''));
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const [facts] = await readChargerFacts(database, [charger]);
      return facts === undefined
        ? refused('CHARGER_NOT_FOUND')
        : done(chargerView(facts, Date.parse(now)));
    },
  }),
];
