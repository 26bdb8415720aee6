import { mayUseModule } from '../../core/ocpi/handshake/accepted-tokens.ts';
import { deploymentHubVersion } from '../../core/ocpi/hub/deployment-hub.ts';
import { clientsModule } from '../../core/ocpi/partner/our-endpoints.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import { oddTexts } from '../http/odd-texts.ts';
import type { Database } from '../store/table/client.ts';
import { answerClients } from './answer-clients.ts';
import { answerCredentials } from './answer-credentials.ts';
import { answerInHub } from './answer-in-hub.ts';
import { answerModule } from './answer-module.ts';
import { answerVersionDetails, answerVersions } from './answer-versions.ts';
import { authenticatePartner } from './authenticate-partner.ts';
import type { OcpiCaller, OcpiServices } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import { type Place, placeOfPath } from './place.ts';

/** A response, and the version in whose words it is to be written. */
export type VersionedResponse = OcpiResponse & { readonly version: OcpiVersion };

const isReadOnly = ({ kind }: Place): boolean => kind === 'versions' || kind === 'details';

async function answerPlace(
  caller: OcpiCaller,
  place: Place,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  if (isReadOnly(place) && request.method !== 'GET') {
    return { outcome: { kind: 'object-not-found' } };
  }
  switch (place.kind) {
    case 'versions':
      return { outcome: answerVersions(caller) };
    case 'details':
      return { outcome: answerVersionDetails(caller, place.version) };
    case 'credentials':
      return { outcome: await answerCredentials(caller, place.version, request) };
    case 'clients':
      return { outcome: await answerClients(caller, place, request) };
    case 'hub':
      return await answerInHub(caller, place.at, request);
    case 'module':
      return await answerModule(caller, place, request);
    default:
      return place satisfies never;
  }
}

/** The version of a place; the newest where it has none. */
export const versionOf = (place: Place | undefined): OcpiVersion => {
  if (place?.kind === 'hub') return place.at.version;
  return place !== undefined && 'version' in place ? place.version : '2.3.0';
};

/** The module whose name decides whether a token A will do. */
const moduleOf = (place: Place): string => {
  if (place.kind === 'module') return place.module;
  if (place.kind === 'hub') return place.at.module;
  if (place.kind === 'clients') return clientsModule;
  return place.kind === 'credentials' ? 'credentials' : 'versions';
};

/** Answers a request of a partner: who it is, which place its path names and whether its token is for it, then what it wants. */
export async function answerPartner(
  database: Database,
  services: OcpiServices,
  request: OcpiRequest,
): Promise<VersionedResponse> {
  const place = placeOfPath(request.steps);
  const version = versionOf(place);
  const { authorization } = request.headers;
  const module = place === undefined ? '' : moduleOf(place);
  const caller = await authenticatePartner(database, services, authorization, module);
  if (caller === undefined) return { outcome: { kind: 'unauthenticated' }, version };
  // The token of the hub of this deployment is good for its tree alone, and no other is.
  const isInHub = place?.kind === 'hub';
  const offered = isInHub ? [deploymentHubVersion] : caller.partner.versions;
  const isOffered = place?.kind === 'versions' || offered.includes(version);
  if (place === undefined || !isOffered || isInHub !== (caller.partner.ofDeployment ?? false)) {
    return { outcome: { kind: 'object-not-found' }, version };
  }
  if (!mayUseModule(caller.as, module)) {
    return { outcome: { kind: 'unauthenticated' }, version };
  }
  const { steps, query, body } = request;
  const problems = oddTexts({ path: steps, query, body });
  if (problems.length > 0) return { outcome: { kind: 'invalid', problems }, version };
  return { ...(await answerPlace(caller, place, request)), version };
}
