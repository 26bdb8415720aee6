import { isSameConnector, isWholeEvse } from '../../../core/charger/connector-ref.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import {
  followsEndOf,
  isAnotherTransaction,
} from '../../../core/session/is-another-transaction.ts';
import { ownTokenOf } from '../../../core/session/present-token.ts';
import type { Session } from '../../../core/session/session.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { storableRegister } from '../../billing/storable-register.ts';
import type { MessageContext } from '../message-context.ts';
import { isPlaced } from './connector-of-start.ts';
import { storableConnector } from './storable-connector.ts';

type Start = EventOf<'sessionStarted'>;

/** A start that does not say where it is, or only on which EVSE, is that of a session which is known better by now. */
const isThere = (session: Session, event: Start): boolean =>
  !isPlaced(event) ||
  isSameConnector(session, storableConnector(event)) ||
  (isWholeEvse(event) && session.evseId === event.evseId);

/**
 * The same start: what the charger said is the same, whatever we know of token and tariff by now. Without a time that can be, a start
 * of the same content is another one as soon as the first has come to its end.
 */
export const isRepetition = ({ now }: MessageContext, session: Session, event: Start): boolean =>
  isThere(session, event) &&
  session.start?.meterStart === storableRegister(event.meterStart) &&
  session.start !== undefined &&
  ownTokenOf(session.start).toUpperCase() === (event.tokenId ?? '').toUpperCase() &&
  (event.timestamp === undefined || session.start.startedAt === event.timestamp) &&
  !followsEndOf(session, event.timestamp, now);

/** True if a start is of another session: where we give the ids, of any; otherwise where the charger gave its id once more. */
export const isAnother = ({ now }: MessageContext, event: Start, session: Session): boolean => {
  const { start, timeZone } = session;
  if (event.transactionId === undefined) return true;
  if (start === undefined) return false;
  const { timestamp: startedAt, tokenId, isContinued } = event;
  const other = omitUndefined({ startedAt, receivedAt: now, tokenId, isContinued });
  const isSame = start.startedAt === startedAt && isContinued !== true;
  return (
    (isSame && followsEndOf(session, startedAt, now)) ||
    isAnotherTransaction(start, other, timeZone)
  );
};

/** True if a start is of a session that is there: it was said before, or only the stop of the session has come. */
export const isStartOf = (step: MessageContext, event: Start, session: Session): boolean =>
  session.start === undefined ||
  isRepetition(step, session, event) ||
  !isAnother(step, event, session);
