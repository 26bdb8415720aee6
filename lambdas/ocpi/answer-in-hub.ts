import { isFields } from '../../core/ocpi/common/fields.ts';
import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import { pageHeaders } from '../../core/ocpi/envelope/page-headers.ts';
import { readPageRequest } from '../../core/ocpi/envelope/page-request.ts';
import { clientsOf, deploymentHub, type HubMember } from '../../core/ocpi/hub/deployment-hub.ts';
import { routeInHub } from '../../core/ocpi/hub/route-in-hub.ts';
import {
  broadcastRouting,
  type Routing,
  readRouting,
  responseRouting,
  routingHeaders,
} from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { readHubMembers } from '../store/partners/hub-members.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { readPartner } from '../store/partners/partners.ts';
import { operatorsWithToken } from '../store/received/own-token.ts';
import { mostObjects } from './answer-list.ts';
import { answerModule } from './answer-module.ts';
import { invalidAt } from './invalid-at.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/** A request on its way through the hub: whose it is, and where to. */
type Passing = {
  readonly caller: OcpiCaller;
  readonly place: ModulePlace;
  readonly request: OcpiRequest;
  readonly from: Party;
  readonly members: readonly HubMember[];
};

const lowered = (routing: Routing): OcpiRequest['headers'] =>
  Object.fromEntries(
    Object.entries(routingHeaders(routing)).map(([name, value]) => [name.toLowerCase(), value]),
  );

const textIn = (body: JsonLiteral | undefined, name: string): string => {
  const value = body !== undefined && isFields(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
};

/** Modules in which an eMSP is asked, or answered; in all others a CPO brings it what is a party's. */
const asksOrAnswers = ['tokens', 'commands', 'chargingprofiles'];

/** The party whose object a request is about: by its path, or by the object that is posted; undefined where it is about nobody's. */
function ownerIn(
  { role, module, rest }: ModulePlace,
  { method, body }: OcpiRequest,
): Party | undefined {
  const isPushed = role === 'EMSP' ? !asksOrAnswers.includes(module) : module === 'tokens';
  const [countryCode, partyId] = rest;
  if (isPushed && countryCode !== undefined && partyId !== undefined) {
    return { countryCode, partyId };
  }
  return isPushed && method === 'POST'
    ? { countryCode: textIn(body, 'country_code'), partyId: textIn(body, 'party_id') }
    : undefined;
}

/** Has the operator of a member answer, as if the hub had called it. */
async function pass(
  { caller, place, members }: Passing,
  request: OcpiRequest,
  routing: Routing,
): Promise<OcpiResponse> {
  const { database } = caller;
  const { to } = routing;
  const member = members.find((one) => to !== undefined && sameParty(one, to));
  const partner = member && (await readPartner(database, member.operatorId, member.partnerId));
  if (member === undefined || partner === undefined) {
    return { outcome: { kind: 'hub-unknown-receiver' } };
  }
  if (partner.suspendedAt !== undefined) return { outcome: { kind: 'hub-connection-problem' } };
  // An operator may have become another party since it joined.
  const parties = await readOurParties(database, member.operatorId);
  if (!parties.some((one) => sameParty(one, member))) {
    return { outcome: { kind: 'hub-unknown-receiver' } };
  }
  const headers = { ...request.headers, ...lowered(routing) };
  return await answerModule({ ...caller, partner }, place, { ...request, headers });
}

/** Says whether a request asks for a driver of whom nobody knows whose it is. */
const isOpen = ({ place, request }: Passing, { to }: Routing): boolean =>
  to === undefined &&
  place.role === 'EMSP' &&
  place.module === 'tokens' &&
  request.method === 'POST';

/** Asks the eMSP whose driver has the token: one read for a hundred operators finds it, and nobody else is asked. */
async function findDriver(passing: Passing): Promise<OcpiResponse> {
  const { caller, place, request, from, members } = passing;
  const [tokenId = ''] = place.rest;
  const emsps = members.filter(({ roles }) => roles.includes('EMSP'));
  const operatorIds = emsps.map(({ operatorId }) => operatorId);
  const having = await operatorsWithToken(caller.database, operatorIds, tokenId);
  for (const member of emsps.filter(({ operatorId }) => having.includes(operatorId))) {
    const answer = await pass(passing, request, { to: member, from });
    if (answer.outcome.kind === 'ok') return answer;
  }
  const headers = routingHeaders(responseRouting({ from }, deploymentHub));
  return { outcome: { kind: 'unknown-token' }, headers };
}

/** Receivers of a broadcast that are written to side by side. */
const atOnce = 20;

/**
 * Brings a push to everyone; the answer is the hub's. Where one of them could not be written to, the others have it all the same, and the
 * sender, which is answered with the error, sends it again.
 */
async function broadcast(passing: Passing, receivers: readonly Party[]): Promise<OcpiResponse> {
  const failures: unknown[] = [];
  const waiting = receivers.values();
  const work = async (): Promise<void> => {
    for (const receiver of waiting) {
      const routing = broadcastRouting(deploymentHub, receiver);
      await pass(passing, passing.request, routing).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length > 0) throw failures[0];
  return { outcome: { kind: 'ok' } };
}

/** A page of what all of them have, one after the other. */
async function getAll(passing: Passing, sources: readonly Party[]): Promise<OcpiResponse> {
  const { caller, request, from } = passing;
  const read = readPageRequest(request.query, mostObjects);
  if (read.kind === 'invalid') return { outcome: read };
  const { offset, limit } = read.page;
  const data: JsonLiteral[] = [];
  let total = 0;
  let left = limit;
  for (const source of sources) {
    // One that is not wanted any more is asked all the same, for its count.
    const span = { offset: String(Math.max(0, offset - total)), limit: String(left || 1) };
    const query = { ...request.query, ...span };
    const answer = await pass(passing, { ...request, query }, { to: source, from });
    if (answer.outcome.kind !== 'ok') continue;
    const objects = Array.isArray(answer.outcome.data) ? answer.outcome.data : [];
    data.push(...objects.slice(0, left));
    const count = Number(answer.headers?.['X-Total-Count'] ?? 0);
    // Places are counted, also those of objects that are left out of their page.
    left -= Math.max(0, Math.min(left, total + count - Math.max(offset, total)));
    total += count;
  }
  const url = joinUrl(caller.services.ocpiUrl, request.steps);
  const headers = pageHeaders(url, request.query, read.page, total, mostObjects);
  return { outcome: { kind: 'ok', data }, headers };
}

/**
 * Answers an operator that calls another one of the deployment through the hub between them: it speaks for its own parties
 * alone, and the one that a message is for answers it as a message of a hub.
 */
export async function answerInHub(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const { database, partner } = caller;
  const routing = readRouting(request.headers);
  const { from } = routing;
  const [own, { members }] = await Promise.all([
    readOurParties(database, partner.operatorId),
    readHubMembers(database),
  ]);
  const others = members.filter(({ operatorId }) => operatorId !== partner.operatorId);
  // An operator may name itself any party: one that another joined as stays that one's, and nobody is the hub.
  const isTaken = (party: Party): boolean =>
    sameParty(party, deploymentHub) || others.some((one) => sameParty(one, party));
  const isOwn = (party: Party): boolean =>
    own.some((one) => sameParty(one, party)) && !isTaken(party);
  if (from === undefined || !isOwn(from)) {
    return { outcome: invalidAt('OCPI-from-party-id', 'This is not a party of yours.') };
  }
  const owner = ownerIn(place, request);
  if (owner !== undefined && !isOwn(owner)) return { outcome: { kind: 'not-your-party' } };
  const passing = { caller, place, request, from, members: others };
  if (isOpen(passing, routing)) return await findDriver(passing);
  const { module, role: receiverRole } = place;
  const { method } = request;
  const route = routeInHub(
    { routing, module, method, receiverRole },
    deploymentHub,
    clientsOf(others),
    () => undefined,
  );
  const back = (answering: Party) => routingHeaders(responseRouting({ from }, answering));
  switch (route.kind) {
    case 'pass-on':
      return await pass(passing, request, { to: route.receiver, from });
    case 'broadcast': {
      const answer = await broadcast(passing, route.receivers);
      return { ...answer, headers: back(deploymentHub) };
    }
    case 'get-all': {
      const answer = await getAll(passing, route.sources);
      return { ...answer, headers: { ...answer.headers, ...back(deploymentHub) } };
    }
    case 'refuse':
      return { outcome: route.outcome, headers: back(deploymentHub) };
    default:
      return route satisfies never;
  }
}
