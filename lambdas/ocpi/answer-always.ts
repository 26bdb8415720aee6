import {
  readRouting,
  responseRouting,
  routingHeaders,
} from '../../core/ocpi/hub/routing-headers.ts';
import { logger } from '../runtime/logger.ts';
import type { Database } from '../store/table/client.ts';
import { answerPartner, type VersionedResponse, versionOf } from './answer-partner.ts';
import type { OcpiServices } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import { placeOfPath } from './place.ts';

/** The way back of an answer as far as the request itself says it: a hub could not bring back an answer without. */
const echoed = ({ steps, headers }: OcpiRequest): { readonly [name: string]: string } => {
  const place = placeOfPath(steps);
  const routing = readRouting(headers);
  // A module that we do not serve is asked for through hubs as well.
  const isRouted = place === undefined || place.kind === 'module' || place.kind === 'hub';
  return isRouted && routing.to !== undefined && versionOf(place) !== '2.1.1'
    ? routingHeaders(responseRouting(routing, routing.to))
    : {};
};

/** Answers a request of a partner, also where we fail: an error has routing headers like every other answer. */
export async function answerAlways(
  database: Database,
  services: OcpiServices,
  request: OcpiRequest,
): Promise<VersionedResponse> {
  const answer = await answerPartner(database, services, request).catch((error: unknown) => {
    // The path contains no secret; ids of tokens are in it.
    logger.error('A request of a partner could not be answered', { error, method: request.method });
    const version = versionOf(placeOfPath(request.steps));
    return { outcome: { kind: 'our-fault' }, version } as const;
  });
  if (answer.outcome.kind === 'unauthenticated') return answer;
  const headers: VersionedResponse['headers'] = 'headers' in answer ? answer.headers : {};
  return { ...answer, headers: { ...echoed(request), ...headers } };
}
