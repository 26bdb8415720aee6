import { pairOf } from '../codec/translation.ts';
import {
  cancelReservation,
  commandResponse,
  commandResult,
  reserveNowOf,
  startSessionOf,
  stopSession,
  unlockConnector,
} from '../v221/command.ts';
import { token230 } from './token.ts';

/** Translates START_SESSION into 2.3.0 and back. */
export const { to: toStartSession230, from: fromStartSession230 } = pairOf(
  startSessionOf(token230),
);

/** Translates RESERVE_NOW into 2.3.0 and back. */
export const { to: toReserveNow230, from: fromReserveNow230 } = pairOf(reserveNowOf(token230));

/** Translates STOP_SESSION into 2.3.0 and back. */
export const { to: toStopSession230, from: fromStopSession230 } = pairOf(stopSession);

/** Translates CANCEL_RESERVATION into 2.3.0 and back. */
export const { to: toCancelReservation230, from: fromCancelReservation230 } =
  pairOf(cancelReservation);

/** Translates UNLOCK_CONNECTOR into 2.3.0 and back. */
export const { to: toUnlockConnector230, from: fromUnlockConnector230 } = pairOf(unlockConnector);

/** Translates the answer to a command into 2.3.0 and back. */
export const { to: toCommandResponse230, from: fromCommandResponse230 } = pairOf(commandResponse);

/** Translates the result of a command into 2.3.0 and back. */
export const { to: toCommandResult230, from: fromCommandResult230 } = pairOf(commandResult);
