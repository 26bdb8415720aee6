import { done, refused } from '../../http/answer.ts';
import { checkAgain } from '../../roaming/receive/receive-cdr.ts';
import { listEvses } from '../../store/received/list-evses.ts';
import type { LocationSearch } from '../../store/received/location-search.ts';
import { type CdrSpan, listHeldCdrs, readHeldCdr } from '../../store/received/received-cdrs.ts';
import { listHeldSessions, type SessionSpan } from '../../store/received/received-sessions.ts';
import { searchLocations } from '../../store/received/search-locations.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { receivedCdrView, singleReceivedCdrView } from './received-cdr-view.ts';
import { receivedEvseView, receivedLocationView } from './received-location-view.ts';
import { receivedSessionView } from './received-session-view.ts';

/** Lists locations of partners. */
export async function listLocationsCall(
  { database, operatorId }: Caller,
  search: LocationSearch,
  page: ListRequest,
) {
  const { items, next } = await searchLocations(database, operatorId, search, page);
  return { items: items.map(receivedLocationView), next };
}

/** Lists the EVSEs of a location of a partner. */
export async function listEvsesCall(
  { database, operatorId }: Caller,
  locationId: string,
  page: ListRequest,
) {
  const listed = await listEvses(database, operatorId, locationId, page);
  if (listed === undefined) return refused('LOCATION_NOT_FOUND' as const);
  return { items: listed.items.map(receivedEvseView), next: listed.next };
}

/** Lists sessions of our drivers at partners. */
export async function listSessionsCall({ database, operatorId }: Caller, span: SessionSpan) {
  const { items, next } = await listHeldSessions(database, operatorId, span);
  return { items: items.map(receivedSessionView), next };
}

/** Lists CDRs of partners. */
export async function listCdrsCall({ database, operatorId }: Caller, span: CdrSpan) {
  const { items, next } = await listHeldCdrs(database, operatorId, span);
  return { items: items.map(receivedCdrView), next };
}

/** Shows a CDR of a partner. */
export async function readCdrCall({ database, operatorId }: Caller, id: string) {
  const held = id.startsWith('rcd_') ? await readHeldCdr(database, operatorId, id) : undefined;
  return held === undefined ? refused('CDR_NOT_FOUND' as const) : done(singleReceivedCdrView(held));
}

/** Judges a CDR of a partner again by what is known now. */
export async function checkCdrCall(caller: Caller, id: string) {
  const { database, operatorId, now } = caller;
  const held = id.startsWith('rcd_') ? await readHeldCdr(database, operatorId, id) : undefined;
  if (held === undefined) return refused('CDR_NOT_FOUND' as const);
  const checked = await checkAgain(database, held, now);
  // Somebody else judged it at this moment, by as much.
  if (checked === 'changed') return await readCdrCall(caller, id);
  return done(singleReceivedCdrView(checked));
}
