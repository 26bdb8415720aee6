import type { Translators } from '../translators.ts';
import { fromCdr211, toCdr211 } from './cdr.ts';
import {
  fromCommandResponse211,
  fromCommandResult211,
  fromReserveNow211,
  fromStartSession211,
  fromStopSession211,
  fromUnlockConnector211,
  toCommandResponse211,
  toCommandResult211,
  toReserveNow211,
  toStartSession211,
  toStopSession211,
  toUnlockConnector211,
} from './command.ts';
import { fromConnector211, toConnector211 } from './connector.ts';
import { fromCredentials211, toCredentials211 } from './credentials.ts';
import { fromEvse211, toEvse211 } from './evse.ts';
import { fromLocation211, toLocation211 } from './location.ts';
import { fromSession211, toSession211 } from './session.ts';
import { fromTariff211, toTariff211 } from './tariff.ts';
import {
  fromAuthorizationInfo211,
  fromLocationReferences211,
  fromToken211,
  toAuthorizationInfo211,
  toLocationReferences211,
  toToken211,
} from './token.ts';

/** Every translation of 2.1.1. */
export const translators211: Translators = {
  location: { to: toLocation211, from: fromLocation211 },
  evse: { to: toEvse211, from: fromEvse211 },
  connector: { to: toConnector211, from: fromConnector211 },
  session: { to: toSession211, from: fromSession211 },
  cdr: { to: toCdr211, from: fromCdr211 },
  tariff: { to: toTariff211, from: fromTariff211 },
  token: { to: toToken211, from: fromToken211 },
  locationReferences: { to: toLocationReferences211, from: fromLocationReferences211 },
  authorizationInfo: { to: toAuthorizationInfo211, from: fromAuthorizationInfo211 },
  startSession: { to: toStartSession211, from: fromStartSession211 },
  stopSession: { to: toStopSession211, from: fromStopSession211 },
  reserveNow: { to: toReserveNow211, from: fromReserveNow211 },
  cancelReservation: undefined,
  unlockConnector: { to: toUnlockConnector211, from: fromUnlockConnector211 },
  commandResponse: { to: toCommandResponse211, from: fromCommandResponse211 },
  commandResult: { to: toCommandResult211, from: fromCommandResult211 },
  setChargingProfile: undefined,
  activeChargingProfile: undefined,
  chargingProfileResponse: undefined,
  chargingProfileResult: undefined,
  chargingPreferences: undefined,
  clientInfo: undefined,
  invoiceRecord: undefined,
  credentials: { to: toCredentials211, from: fromCredentials211 },
};
