import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import {
  askingThrough,
  readRouting,
  receiverOf,
  responseRouting,
  routingHeaders,
} from '../../core/ocpi/hub/routing-headers.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { answerLocations } from './answer-locations.ts';
import { answerShared } from './answer-shared.ts';
import { answerTariffs } from './answer-tariffs.ts';
import { answerTokens } from './answer-tokens.ts';
import { answerCommands } from './commands/answer-commands.ts';
import { answerAsEmsp } from './emsp/answer-as-emsp.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';
import { answerProfiles } from './profiles/answer-profiles.ts';

async function answerAsCpo(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  switch (place.module) {
    case 'locations':
      return await answerLocations(caller, place, request);
    case 'tariffs':
      return await answerTariffs(caller, place, request);
    case 'sessions':
    case 'cdrs':
      return await answerShared(caller, place, request, place.module);
    case 'commands':
      return { outcome: await answerCommands(caller, place, request) };
    case 'chargingprofiles':
      return { outcome: await answerProfiles(caller, place, request) };
    case 'tokens':
      return await answerTokens(caller, place, request);
    default:
      return { outcome: { kind: 'object-not-found' } };
  }
}

const answer = async (
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> =>
  place.role === 'EMSP'
    ? await answerAsEmsp(caller, place, request)
    : await answerAsCpo(caller, place, request);

/** Where an answer goes: back to the party that asked, from the one of ours that was asked. */
async function routingOf(
  { database, partner }: OcpiCaller,
  { role }: ModulePlace,
  { headers }: OcpiRequest,
): Promise<{ readonly [name: string]: string }> {
  const asked = readRouting(headers);
  if (asked.from === undefined) return {};
  const ours = (await readOurParties(database, partner.operatorId)).filter(({ roles }) =>
    roles.includes(role),
  );
  // On a link between two platforms the token says enough: one that names another party is not refused for it.
  const receiver = receiverOf(asked, ours, partner.quirks) ?? ours[0];
  return receiver === undefined
    ? {}
    : routingHeaders(responseRouting({ from: asked.from, to: receiver }, receiver));
}

/** Answers a request to a module that we serve in a role of ours on this connection. */
export async function answerModule(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const { ourRoles } = caller.partner;
  const played = place.version === '2.1.1' ? ourRoles.slice(0, 1) : ourRoles;
  if (!played.includes(place.role)) return { outcome: { kind: 'object-not-found' } };
  const { registration } = caller.partner;
  const hub = registration && hubOf(registration);
  const asking = askingThrough(hub, readRouting(request.headers));
  const answered = await answer(omitUndefined({ ...caller, asking }), place, request);
  const routing = place.version === '2.1.1' ? {} : await routingOf(caller, place, request);
  return { ...answered, headers: { ...routing, ...answered.headers } };
}
