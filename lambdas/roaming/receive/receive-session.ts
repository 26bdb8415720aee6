import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import { sessionState } from '../../../core/ocpi/received/session-state.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import {
  type HeldSession,
  readHeldSession,
  writeHeldSession,
} from '../../store/received/received-sessions.ts';
import type { Database } from '../../store/table/client.ts';
import { type ReceivedFrom, receivedId } from '../../store/table/keys/received-keys.ts';
import { checkCdrsOf } from './receive-cdr.ts';
import { despiteOthers, type Judged, tooLarge } from './receiving.ts';

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
  let isOver = false;
  const outcome = await despiteOthers(async () => {
    const id = receivedId('session', from, sessionId);
    const held = await readHeldSession(database, from.operatorId, id);
    const judged = judge(held);
    if (judged.kind !== 'keep') return judged;
    const { session, place = held?.place } = judged.object;
    const accountId =
      held?.session.cdrToken.uid === session.cdrToken.uid
        ? held.accountId
        : await accountOf(database, from.operatorId, session);
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
    isOver = sessionState(session) === 'ended';
    return { kind: held === undefined ? 'created' : 'ok' };
  });
  // A CDR may come before the last that is said of its session.
  if (isOver) await checkCdrsOf(database, from, sessionId, receivedAt);
  return outcome;
};

const accountOf = async (
  database: Database,
  operatorId: string,
  { cdrToken }: PartnerSession,
): Promise<string | undefined> =>
  (await readOwnToken(database, operatorId, cdrToken.uid))?.accountId;
