import type { Translators } from '../translators.ts';
import { fromCdr221, toCdr221 } from './cdr.ts';
import {
  fromActiveChargingProfile221,
  fromChargingPreferences221,
  fromChargingProfileResponse221,
  fromChargingProfileResult221,
  fromSetChargingProfile221,
  toActiveChargingProfile221,
  toChargingPreferences221,
  toChargingProfileResponse221,
  toChargingProfileResult221,
  toSetChargingProfile221,
} from './charging-profile.ts';
import { fromClientInfo221, toClientInfo221 } from './client-info.ts';
import {
  fromCancelReservation221,
  fromCommandResponse221,
  fromCommandResult221,
  fromReserveNow221,
  fromStartSession221,
  fromStopSession221,
  fromUnlockConnector221,
  toCancelReservation221,
  toCommandResponse221,
  toCommandResult221,
  toReserveNow221,
  toStartSession221,
  toStopSession221,
  toUnlockConnector221,
} from './command.ts';
import { fromConnector221, toConnector221 } from './connector.ts';
import { fromCredentials221, toCredentials221 } from './credentials.ts';
import { fromEvse221, toEvse221 } from './evse.ts';
import { fromLocation221, toLocation221 } from './location.ts';
import { fromSession221, toSession221 } from './session.ts';
import { fromTariff221, toTariff221 } from './tariff.ts';
import {
  fromAuthorizationInfo221,
  fromLocationReferences221,
  fromToken221,
  toAuthorizationInfo221,
  toLocationReferences221,
  toToken221,
} from './token.ts';

/** Every translation of 2.2.1. */
export const translators221: Translators = {
  location: { to: toLocation221, from: fromLocation221 },
  evse: { to: toEvse221, from: fromEvse221 },
  connector: { to: toConnector221, from: fromConnector221 },
  session: { to: toSession221, from: fromSession221 },
  cdr: { to: toCdr221, from: fromCdr221 },
  tariff: { to: toTariff221, from: fromTariff221 },
  token: { to: toToken221, from: fromToken221 },
  locationReferences: { to: toLocationReferences221, from: fromLocationReferences221 },
  authorizationInfo: { to: toAuthorizationInfo221, from: fromAuthorizationInfo221 },
  startSession: { to: toStartSession221, from: fromStartSession221 },
  stopSession: { to: toStopSession221, from: fromStopSession221 },
  reserveNow: { to: toReserveNow221, from: fromReserveNow221 },
  cancelReservation: { to: toCancelReservation221, from: fromCancelReservation221 },
  unlockConnector: { to: toUnlockConnector221, from: fromUnlockConnector221 },
  commandResponse: { to: toCommandResponse221, from: fromCommandResponse221 },
  commandResult: { to: toCommandResult221, from: fromCommandResult221 },
  setChargingProfile: { to: toSetChargingProfile221, from: fromSetChargingProfile221 },
  activeChargingProfile: { to: toActiveChargingProfile221, from: fromActiveChargingProfile221 },
  chargingProfileResponse: {
    to: toChargingProfileResponse221,
    from: fromChargingProfileResponse221,
  },
  chargingProfileResult: { to: toChargingProfileResult221, from: fromChargingProfileResult221 },
  chargingPreferences: { to: toChargingPreferences221, from: fromChargingPreferences221 },
  clientInfo: { to: toClientInfo221, from: fromClientInfo221 },
  invoiceRecord: undefined,
  credentials: { to: toCredentials221, from: fromCredentials221 },
};
