import type { Visits } from '../../../core/ocpi/check/visit.ts';
import { visitOfCdr, visitOfSession } from '../../../core/ocpi/check/visit-of.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { sameId } from '../../../core/ocpi/model/same-id.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import { heldSessionFrom } from '../../store/received/received-sessions.ts';
import {
  type FoundVisits,
  placeOfCdr,
  placeOfSession,
  readVisits,
} from '../../store/received/visits.ts';
import type { Database } from '../../store/table/client.ts';
import { getItems } from '../../store/table/get-item.ts';
import {
  type ReceivedFrom,
  receivedId,
  receivedKey,
} from '../../store/table/keys/received-keys.ts';

/** The sessions of CDRs are looked at where one of these names none. */
async function sessionsOf(
  database: Database,
  from: ReceivedFrom,
  { sessionIds, cdrs }: FoundVisits,
): Promise<Visits> {
  if (cdrs.every(({ sessionId }) => sessionId !== undefined)) return { sessions: [], cdrs };
  const keys = sessionIds.map((id) =>
    receivedKey(from.operatorId, receivedId('session', from, id)),
  );
  const items = await getItems(database, keys, true);
  const sessions = items
    .flatMap((item) => (item === undefined ? [] : heldSessionFrom(item).session))
    // One that was none is billed by nothing.
    .filter(({ status }) => status.toUpperCase() !== 'INVALID')
    .map(visitOfSession);
  return { sessions, cdrs };
}

/** Reads the visits of a CDR's driver to its location, a week around, itself among them also before it is kept. */
export async function visitsOfCdr(
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
): Promise<Visits> {
  const { sessionIds, cdrs } = await readVisits(database, from, placeOfCdr(cdr));
  const others = cdrs.filter(({ id }) => !sameId(id, cdr.id));
  return await sessionsOf(database, from, { sessionIds, cdrs: [...others, visitOfCdr(cdr)] });
}

/** Reads the visits of a session's driver to its location, a week around. */
export const visitsOfSession = async (
  database: Database,
  from: ReceivedFrom,
  session: PartnerSession,
): Promise<Visits> =>
  await sessionsOf(database, from, await readVisits(database, from, placeOfSession(session)));
