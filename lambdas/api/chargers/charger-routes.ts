import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { connectorStatusWords } from '../../../core/charger/connector-status.ts';
import { done, refused } from '../../http/answer.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { id, wordOf } from '../forms.ts';
import { changeCharger } from './change-charger.ts';
import { ChargerChangeForm, ChargerForm } from './charger-form.ts';
import { ChargerSchema, chargerView } from './charger-view.ts';
import { deleteCharger } from './delete-charger.ts';
import { listMatching } from './list-matching.ts';
import { readChargerFacts } from './read-charger-facts.ts';
import { RegisteredChargerSchema, registerCharger } from './register-charger.ts';

/** The calls about chargers. */
export const chargerRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers',
    summary: 'Registers a charger and shows its password and connection token once.',
    scope: 'chargers:write',
    body: ChargerForm,
    example: {
      chargerId: 'CP001',
      name: 'Car park, bay 1',
      maxPowerKw: 22,
      connectors: 2,
      timeZone: 'Europe/Berlin',
      tariffId: 'tar_4k2q7x3m5n6p8r9s',
      locationId: 'loc_3f7h2k5m6n4p7q2r',
    },
    status: 201,
    response: RegisteredChargerSchema,
    errors: ['TARIFF_NOT_FOUND', 'LOCATION_NOT_FOUND', 'CHARGER_EXISTS'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => await registerCharger(caller, body, keepAnswer),
  }),
  listRoute({
    path: '/chargers',
    summary:
      'Lists chargers by id, all or those of a location, that are online or not, or have a connector in a status, with their connection and connectors.',
    scope: 'chargers:read',
    filters: {
      locationId: id(64).optional(),
      online: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Chargers that can be heard now, or those that cannot.' }),
      status: wordOf(connectorStatusWords).optional().meta({
        description:
          'Chargers with a connector in this status. With it, as with online, a page may have fewer items than its limit, even none, while there are more.',
      }),
    },
    item: ChargerSchema,
    run: listMatching,
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}',
    summary: 'Returns a charger with its connection and connectors.',
    scope: 'chargers:read',
    response: ChargerSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path: { chargerId } }) => {
      const { database, operatorId, now } = caller;
      const charger = await readCharger(database, chargerKey(operatorId, chargerId));
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const [facts] = await readChargerFacts(caller, [charger]);
      return facts === undefined
        ? refused('CHARGER_NOT_FOUND')
        : done(chargerView(facts, Date.parse(now)));
    },
  }),
  route({
    method: 'PATCH',
    path: '/chargers/{chargerId}',
    summary:
      'Changes what a charger was registered with, from its next session on; null removes a value.',
    scope: 'chargers:write',
    body: ChargerChangeForm,
    example: { maxPowerKw: 11, tariffId: 'tar_4k2q7x3m5n6p8r9s', name: null },
    response: ChargerSchema,
    errors: ['CHARGER_NOT_FOUND', 'TARIFF_NOT_FOUND', 'LOCATION_NOT_FOUND', 'CHARGER_CHANGED'],
    run: async (caller, { path, body }) => await changeCharger(caller, path.chargerId, body),
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}',
    summary:
      'Deletes a charger that has no active session; its sessions, CDRs, readings and meter keys stay.',
    scope: 'chargers:write',
    status: 204,
    errors: ['CHARGER_NOT_FOUND', 'CHARGER_HAS_ACTIVE_SESSION'],
    run: async (caller, { path }) => await deleteCharger(caller, path.chargerId),
  }),
];
