import type { SharedCdr, SharedSession } from '../roaming/shared-object.ts';
import { writeShared } from '../roaming/shared-object.ts';
import { sharedScope } from '../roaming/shared-scope.ts';
import { answerPage } from './answer-list.ts';
import { takePreferences } from './answer-preferences.ts';
import { askedParties } from './asked-parties.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/** Answers a page of the sessions or CDRs of the caller's own drivers at our chargers, of which a party behind a hub sees its own alone, or takes a driver's wishes for a session. */
export async function answerShared(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
  module: 'sessions' | 'cdrs',
): Promise<OcpiResponse> {
  const { version, rest } = place;
  const [sessionId, verb, ...more] = rest;
  const asksForPreferences = verb === 'charging_preferences' && more.length === 0;
  if (module === 'sessions' && request.method === 'PUT' && asksForPreferences) {
    return { outcome: await takePreferences(caller, place, request, sessionId ?? '') };
  }
  if (request.method !== 'GET' || rest.length > 0) return { outcome: { kind: 'object-not-found' } };
  const { partner, asking } = caller;
  const { operatorId, partnerId } = partner;
  // A session that a partner saw stays its, whatever parties it is connected to by now: it is owed.
  const isAsked = askedParties(caller);
  return await answerPage<SharedSession | SharedCdr>(
    caller,
    request,
    { operatorId, scope: sharedScope(partnerId, asking), module },
    (shared) => (isAsked(shared.driver.party) ? writeShared(shared, version, partner) : undefined),
  );
}
