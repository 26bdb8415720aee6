import { type ApiRoute, route } from '../api-route.ts';
import { RoamingCommandForm, RoamingCommandSchema } from './roaming-command-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./roaming-command-calls.ts');

/** The calls about commands to roaming partners. */
export const roamingCommandRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/roaming/commands',
    summary:
      'Has a roaming partner start or end a session of one of our drivers, reserve an EVSE, release a cable or limit the power of a session. The answer has the partner’s word at once; the outcome comes later.',
    scope: 'partners:write',
    body: RoamingCommandForm,
    example: { type: 'stop', roamingSessionId: 'rse_0123456789abcdef0123456789abcdef' },
    status: 202,
    response: RoamingCommandSchema,
    errors: [
      'COMMAND_NOT_FOUND',
      'LOCATION_NOT_FOUND',
      'PARTNER_NOT_REGISTERED',
      'PARTNER_PARTY_NOT_CONNECTED',
      'PARTNER_TAKES_NO_COMMANDS',
      'SESSION_NOT_FOUND',
      'TOKEN_NOT_FOUND',
    ],
    repeatable: 'claimed',
    run: async (caller, { body }) => await (await calls()).sendCommandCall(caller, body),
  }),
  route({
    method: 'GET',
    path: '/roaming/commands/{roamingCommandId}',
    summary: 'Returns a command to a roaming partner with its outcome.',
    scope: 'partners:read',
    response: RoamingCommandSchema,
    errors: ['COMMAND_NOT_FOUND'],
    run: async (caller, { path: { roamingCommandId } }) =>
      await (await calls()).readCommandCall(caller, roamingCommandId),
  }),
];
