import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { OcpiResponse } from '../ocpi-response.ts';
import type { ModulePlace } from '../place.ts';
import { answerOwnTokens } from './own-tokens.ts';
import { notFound } from './pushed-place.ts';
import { receiveCdrs } from './receive-cdrs.ts';
import { receiveCommandResults } from './receive-command-results.ts';
import { receiveInvoices } from './receive-invoices.ts';
import { receiveLocations } from './receive-locations.ts';
import { receiveProfiles } from './receive-profiles.ts';
import { receiveSessions } from './receive-sessions.ts';
import { receiveTariffs } from './receive-tariffs.ts';

/** Answers a request to a module that we serve as eMSP. */
export async function answerAsEmsp(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  switch (place.module) {
    case 'locations':
      return { outcome: await receiveLocations(caller, place, request) };
    case 'tariffs':
      return { outcome: await receiveTariffs(caller, place, request) };
    case 'sessions':
      return { outcome: await receiveSessions(caller, place, request) };
    case 'cdrs':
      return { outcome: await receiveCdrs(caller, place, request) };
    case 'invoicereconciliation':
      return { outcome: await receiveInvoices(caller, place, request) };
    case 'commands':
      return { outcome: await receiveCommandResults(caller, place, request) };
    case 'chargingprofiles':
      return { outcome: await receiveProfiles(caller, place, request) };
    case 'tokens':
      return await answerOwnTokens(caller, place, request);
    default:
      return { outcome: notFound };
  }
}
