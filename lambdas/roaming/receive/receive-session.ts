import { touchedCdrs } from '../../../core/ocpi/check/same-charging.ts';
import { visitOfSession } from '../../../core/ocpi/check/visit-of.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import { sessionState } from '../../../core/ocpi/received/session-state.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import { sessionCdrsFrom } from '../../store/received/received-cdrs.ts';
import {
  type HeldSession,
  readHeldSession,
  writeHeldSession,
} from '../../store/received/received-sessions.ts';
import type { Database } from '../../store/table/client.ts';
import { getItem } from '../../store/table/get-item.ts';
import {
  type ReceivedFrom,
  receivedId,
  sessionCdrsKey,
} from '../../store/table/keys/received-keys.ts';
import { checkAll } from './receive-cdr.ts';
import { despiteOthers, type Judged, tooLarge } from './receiving.ts';
import { visitsOfSession } from './visits-around.ts';

/** A session with the location that 2.1.1 embeds in it. */
export type PlacedSession = Pick<HeldSession, 'session'> & { readonly place?: PartnerLocation };

/** Keeps a session of a partner as `judge` wants it by the one that is held, with the account of its driver. */
export const receiveSession = async (
  database: Database,
  from: ReceivedFrom,
  sessionId: string,
  receivedAt: string,
  judge: (held: HeldSession | undefined) => Judged<PlacedSession>,
): Promise<OcpiOutcome> => {
  let changed: PartnerSession | undefined;
  const outcome = await despiteOthers(async () => {
    const id = receivedId('session', from, sessionId);
    const held = await readHeldSession(database, from.operatorId, id);
    const judged = judge(held);
    if (judged.kind !== 'keep') return judged;
    const { session, place = held?.place } = judged.object;
    const accountId = await accountOf(database, from.operatorId, held, session);
    const next = omitUndefined({
      from,
      session,
      place,
      accountId,
      receivedAt: held?.receivedAt ?? receivedAt,
    });
    const written = await writeHeldSession(database, held, next);
    if (written === 'changed') return 'changed';
    if (written !== 'written') return tooLarge('');
    changed = isNews(held, session) ? session : undefined;
    return { kind: held === undefined ? 'created' : 'ok' };
  });
  // A CDR may come before the last that is said of its session.
  if (changed) {
    await checkAll(database, from, await cdrsOfSession(database, from, changed), receivedAt);
  }
  return outcome;
};

/** The CDRs that name a session, and those that name none and may be of it. */
const cdrsOfSession = async (
  database: Database,
  from: ReceivedFrom,
  session: PartnerSession,
): Promise<readonly string[]> => {
  const key = sessionCdrsKey(from.operatorId, receivedId('session', from, session.id));
  const [named, around] = await Promise.all([
    getItem(database, key, true),
    visitsOfSession(database, from, session),
  ]);
  const touched = touchedCdrs(visitOfSession(session), around);
  return [...new Set([...sessionCdrsFrom(named).cdrs.map(({ id }) => id), ...touched])];
};

/** Whether verdicts on CDRs may depend on a session as it is now: one that goes on says only what it used so far. */
const isNews = (held: HeldSession | undefined, session: PartnerSession): boolean =>
  held === undefined || sessionState(session) === 'ended';

const accountOf = async (
  database: Database,
  operatorId: string,
  held: HeldSession | undefined,
  { cdrToken }: PartnerSession,
): Promise<string | undefined> =>
  held?.session.cdrToken.uid === cdrToken.uid
    ? held.accountId
    : (await readOwnToken(database, operatorId, cdrToken.uid))?.accountId;
