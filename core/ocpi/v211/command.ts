import type { Codec } from '../codec/codec.ts';
import { lacking, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, id, whole } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import type { CommandResponse, CommandResult, ReserveNow, StartSession } from '../model/command.ts';
import { stopSession, unlockConnector } from '../v221/command.ts';
import { token211 } from './token.ts';

const responseUrl = required('response_url', id(255));
const secondsUnlessStated = 30;

/** A reservation id, a whole number in this version: an id with letters needs another one for the partner first. */
const reservationId: Codec<string> = {
  read: (field, context) => {
    const read = whole.read(field, context);
    return read === undefined ? undefined : String(read);
  },
  write: (value, context) =>
    /^(0|[1-9]\d{0,8})$/.test(value) ? whole.write(Number(value), context) : undefined,
};

/** Translates START_SESSION into 2.1.1 and back. */
export const { to: toStartSession211, from: fromStartSession211 } = pairOf(
  record<StartSession>({
    responseUrl,
    token: required('token', token211),
    locationId: required('location_id', id(39)),
    evseUid: optional('evse_uid', id(39)),
    connectorId: lacking(),
    authorizationReference: lacking(),
  }),
);

/** Translates RESERVE_NOW into 2.1.1 and back. */
export const { to: toReserveNow211, from: fromReserveNow211 } = pairOf(
  record<ReserveNow>({
    responseUrl,
    token: required('token', token211),
    expiryDate: required('expiry_date', dateTime),
    reservationId: required('reservation_id', reservationId),
    locationId: required('location_id', id(39)),
    evseUid: optional('evse_uid', id(39)),
    authorizationReference: lacking(),
  }),
);

/** Translates STOP_SESSION into 2.1.1 and back. */
export const { to: toStopSession211, from: fromStopSession211 } = pairOf(stopSession);

/** Translates UNLOCK_CONNECTOR into 2.1.1 and back. */
export const { to: toUnlockConnector211, from: fromUnlockConnector211 } = pairOf(unlockConnector);

/** Translates the answer to a command into 2.1.1 and back; it has no timeout, so readers take 30 seconds. */
export const { to: toCommandResponse211, from: fromCommandResponse211 } = pairOf(
  record<CommandResponse>({
    result: required(
      'result',
      word(words('NOT_SUPPORTED REJECTED ACCEPTED TIMEOUT UNKNOWN_SESSION'), {
        otherwise: 'REJECTED',
      }),
    ),
    timeout: lacking(secondsUnlessStated),
    message: lacking([]),
  }),
);

/** Translates the result of a command into 2.1.1 and back, where it looks like the answer. */
export const { to: toCommandResult211, from: fromCommandResult211 } = pairOf(
  record<CommandResult>({
    result: required(
      'result',
      word(words('ACCEPTED NOT_SUPPORTED REJECTED TIMEOUT'), { otherwise: 'REJECTED' }),
    ),
    message: lacking([]),
  }),
);
