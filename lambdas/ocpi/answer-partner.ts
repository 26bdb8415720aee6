import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { mayUseModule } from '../../core/ocpi/handshake/accepted-tokens.ts';
import { isOcpiVersion } from '../../core/ocpi/partner/ocpi-versions.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { Database } from '../store/table/client.ts';
import { answerCredentials } from './answer-credentials.ts';
import { answerVersionDetails, answerVersions } from './answer-versions.ts';
import { authenticatePartner } from './authenticate-partner.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';

/** An outcome with the headers that it adds. */
export type OcpiResponse = {
  readonly outcome: OcpiOutcome;
  readonly version: OcpiVersion;
  readonly headers?: { readonly [name: string]: string };
};

/** Which place of our tree a path names. */
type Place =
  | { readonly kind: 'versions' }
  | { readonly kind: 'details'; readonly version: OcpiVersion }
  | { readonly kind: 'credentials'; readonly version: OcpiVersion };

function placeOf(steps: readonly string[]): Place | undefined {
  const [first, second] = steps;
  if (steps.length === 1 && first === 'versions') return { kind: 'versions' };
  if (!isOcpiVersion(first)) return undefined;
  if (steps.length === 1) return { kind: 'details', version: first };
  return steps.length === 2 && second === 'credentials'
    ? { kind: 'credentials', version: first }
    : undefined;
}

async function answerPlace(
  caller: OcpiCaller,
  place: Place,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  if (place.kind !== 'credentials' && request.method !== 'GET') {
    return { kind: 'object-not-found' };
  }
  switch (place.kind) {
    case 'versions':
      return answerVersions(caller);
    case 'details':
      return answerVersionDetails(caller, place.version);
    case 'credentials':
      return await answerCredentials(caller, place.version, request);
    default:
      return place satisfies never;
  }
}

const moduleOf = ({ kind }: Place): string => (kind === 'details' ? 'versions' : kind);

/** Answers a request of a partner: who it is, which place its path names and whether its token is for it, then what it wants. */
export async function answerPartner(
  database: Database,
  services: RoamingServices,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const place = placeOf(request.steps);
  const version = place !== undefined && 'version' in place ? place.version : '2.3.0';
  const { authorization } = request.headers;
  const caller = await authenticatePartner(database, services, authorization);
  if (caller === undefined) return { outcome: { kind: 'unauthenticated' }, version };
  const isOffered = place?.kind === 'versions' || caller.partner.versions.includes(version);
  if (place === undefined || !isOffered) {
    return { outcome: { kind: 'object-not-found' }, version };
  }
  if (!mayUseModule(caller.as, moduleOf(place))) {
    return { outcome: { kind: 'unauthenticated' }, version };
  }
  return { outcome: await answerPlace(caller, place, request), version };
}
