import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import {
  askingThrough,
  readRouting,
  receiverOf,
  responseRouting,
  routingHeaders,
} from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { connectedParties } from '../../core/ocpi/partner/connected-to.ts';
import { partiesAs } from '../../core/ocpi/partner/party-for.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { answerInvoices } from './answer-invoices.ts';
import { answerLocations } from './answer-locations.ts';
import { answerShared } from './answer-shared.ts';
import { answerTariffs } from './answer-tariffs.ts';
import { answerTokens } from './answer-tokens.ts';
import { answerCommands } from './commands/answer-commands.ts';
import { answerAsEmsp } from './emsp/answer-as-emsp.ts';
import { moduleRouteOf } from './module-routes.ts';
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
    case 'invoicereconciliation':
      return await answerInvoices(caller, place, request);
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

/** The party of ours that a request names as its receiver, and where the answer goes: back to the party that asked, from the one that was asked. */
async function routingOf(
  { database, partner }: OcpiCaller,
  { role, version }: ModulePlace,
  { headers }: OcpiRequest,
): Promise<{ readonly asked?: Party; readonly back: { readonly [name: string]: string } }> {
  const { to, from } = readRouting(headers);
  if (version === '2.1.1' || (to === undefined && from === undefined)) return { back: {} };
  const parties = await readOurParties(database, partner.operatorId);
  const ours = partiesAs(connectedParties(partner, parties), role);
  const asked = to && ours.find((one) => sameParty(one, to));
  // On a link between two platforms the token says enough: one that names another party is not refused for it.
  const receiver = receiverOf(omitUndefined({ to, from }), ours, partner.quirks) ?? ours[0];
  const back =
    receiver === undefined || from === undefined
      ? {}
      : routingHeaders(responseRouting({ from, to: receiver }, receiver));
  return omitUndefined({ asked, back });
}

/** Answers a request to a module that we serve in a role of ours on this connection. */
export async function answerModule(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const { ourRoles } = caller.partner;
  const played = place.version === '2.1.1' ? ourRoles.slice(0, 1) : ourRoles;
  if (!played.includes(place.role) || moduleRouteOf(place, request.method) === undefined) {
    return { outcome: { kind: 'object-not-found' } };
  }
  const { registration } = caller.partner;
  const hub = registration && hubOf(registration);
  const asking = askingThrough(hub, readRouting(request.headers));
  const { asked, back } = await routingOf(caller, place, request);
  const answered = await answer(omitUndefined({ ...caller, asking, asked }), place, request);
  return { ...answered, headers: { ...back, ...answered.headers } };
}
