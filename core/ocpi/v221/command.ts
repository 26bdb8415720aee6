import type { Codec } from '../codec/codec.ts';
import { many, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, id, whole } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { displayText } from '../common/texts.ts';
import type {
  CancelReservation,
  CommandResponse,
  CommandResult,
  ReserveNow,
  StartSession,
  StopSession,
  UnlockConnector,
} from '../model/command.ts';
import type { PartnerToken } from '../model/token.ts';
import { token221 } from './token.ts';

const responseUrl = required('response_url', id(255));

/** StartSession with the token of a version. */
export const startSessionOf = (token: Codec<PartnerToken>): Codec<StartSession> =>
  record<StartSession>({
    responseUrl,
    token: required('token', token),
    locationId: required('location_id', id(36)),
    evseUid: optional('evse_uid', id(36)),
    connectorId: optional('connector_id', id(36)),
    authorizationReference: optional('authorization_reference', id(36)),
  });

/** ReserveNow with the token of a version. */
export const reserveNowOf = (token: Codec<PartnerToken>): Codec<ReserveNow> =>
  record<ReserveNow>({
    responseUrl,
    token: required('token', token),
    expiryDate: required('expiry_date', dateTime),
    reservationId: required('reservation_id', id(36)),
    locationId: required('location_id', id(36)),
    evseUid: optional('evse_uid', id(36)),
    authorizationReference: optional('authorization_reference', id(36)),
  });

/** StopSession, the same in every version. */
export const stopSession = record<StopSession>({
  responseUrl,
  sessionId: required('session_id', id(36)),
});

/** CancelReservation since 2.2.1. */
export const cancelReservation = record<CancelReservation>({
  responseUrl,
  reservationId: required('reservation_id', id(36)),
});

/** UnlockConnector, the same in every version. */
export const unlockConnector = record<UnlockConnector>({
  responseUrl,
  locationId: required('location_id', id(36)),
  evseUid: required('evse_uid', id(36)),
  connectorId: required('connector_id', id(36)),
});

/** CommandResponse since 2.2.1. */
export const commandResponse = record<CommandResponse>({
  result: required(
    'result',
    word(words('NOT_SUPPORTED REJECTED ACCEPTED UNKNOWN_SESSION'), { otherwise: 'REJECTED' }),
  ),
  timeout: required('timeout', whole),
  message: many('message', displayText),
});

const results =
  words(`ACCEPTED CANCELED_RESERVATION EVSE_OCCUPIED EVSE_INOPERATIVE FAILED NOT_SUPPORTED REJECTED
  TIMEOUT UNKNOWN_RESERVATION`);

/** CommandResult since 2.2.1. */
export const commandResult = record<CommandResult>({
  result: required('result', word(results, { otherwise: 'FAILED' })),
  message: many('message', displayText),
});

/** Translates START_SESSION into 2.2.1 and back. */
export const { to: toStartSession221, from: fromStartSession221 } = pairOf(
  startSessionOf(token221),
);

/** Translates RESERVE_NOW into 2.2.1 and back. */
export const { to: toReserveNow221, from: fromReserveNow221 } = pairOf(reserveNowOf(token221));

/** Translates STOP_SESSION into 2.2.1 and back. */
export const { to: toStopSession221, from: fromStopSession221 } = pairOf(stopSession);

/** Translates CANCEL_RESERVATION into 2.2.1 and back. */
export const { to: toCancelReservation221, from: fromCancelReservation221 } =
  pairOf(cancelReservation);

/** Translates UNLOCK_CONNECTOR into 2.2.1 and back. */
export const { to: toUnlockConnector221, from: fromUnlockConnector221 } = pairOf(unlockConnector);

/** Translates the answer to a command into 2.2.1 and back. */
export const { to: toCommandResponse221, from: fromCommandResponse221 } = pairOf(commandResponse);

/** Translates the result of a command into 2.2.1 and back. */
export const { to: toCommandResult221, from: fromCommandResult221 } = pairOf(commandResult);
