import type { SharedCdr, SharedSession } from '../roaming/shared-object.ts';
import { writeShared } from '../roaming/shared-object.ts';
import { sharedScope } from '../roaming/shared-scope.ts';
import { answerPage } from './answer-list.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/** Answers a page of the sessions or CDRs of the caller's own drivers at our chargers; a party behind a hub sees its own alone. */
export async function answerShared(
  caller: OcpiCaller,
  { version, rest }: ModulePlace,
  request: OcpiRequest,
  module: 'sessions' | 'cdrs',
): Promise<OcpiResponse> {
  if (request.method !== 'GET' || rest.length > 0) return { outcome: { kind: 'object-not-found' } };
  const { partner, asking } = caller;
  const { operatorId, partnerId } = partner;
  return await answerPage<SharedSession | SharedCdr>(
    caller,
    request,
    { operatorId, scope: sharedScope(partnerId, asking), module },
    (shared) => writeShared(shared, version, partner),
  );
}
