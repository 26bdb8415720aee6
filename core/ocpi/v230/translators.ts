import type { Translators } from '../translators.ts';
import { fromCdr230, toCdr230 } from './cdr.ts';
import {
  fromActiveChargingProfile230,
  fromChargingPreferences230,
  fromChargingProfileResponse230,
  fromChargingProfileResult230,
  fromSetChargingProfile230,
  toActiveChargingProfile230,
  toChargingPreferences230,
  toChargingProfileResponse230,
  toChargingProfileResult230,
  toSetChargingProfile230,
} from './charging-profile.ts';
import { fromClientInfo230, toClientInfo230 } from './client-info.ts';
import {
  fromCancelReservation230,
  fromCommandResponse230,
  fromCommandResult230,
  fromReserveNow230,
  fromStartSession230,
  fromStopSession230,
  fromUnlockConnector230,
  toCancelReservation230,
  toCommandResponse230,
  toCommandResult230,
  toReserveNow230,
  toStartSession230,
  toStopSession230,
  toUnlockConnector230,
} from './command.ts';
import { fromConnector230, toConnector230 } from './connector.ts';
import { fromCredentials230, toCredentials230 } from './credentials.ts';
import { fromEvse230, toEvse230 } from './evse.ts';
import { fromInvoiceRecord230, toInvoiceRecord230 } from './invoice-record.ts';
import { fromLocation230, toLocation230 } from './location.ts';
import { fromSession230, toSession230 } from './session.ts';
import { fromTariff230, toTariff230 } from './tariff.ts';
import {
  fromAuthorizationInfo230,
  fromLocationReferences230,
  fromToken230,
  toAuthorizationInfo230,
  toLocationReferences230,
  toToken230,
} from './token.ts';

/** Every translation of 2.3.0. */
export const translators230: Translators = {
  location: { to: toLocation230, from: fromLocation230 },
  evse: { to: toEvse230, from: fromEvse230 },
  connector: { to: toConnector230, from: fromConnector230 },
  session: { to: toSession230, from: fromSession230 },
  cdr: { to: toCdr230, from: fromCdr230 },
  tariff: { to: toTariff230, from: fromTariff230 },
  token: { to: toToken230, from: fromToken230 },
  locationReferences: { to: toLocationReferences230, from: fromLocationReferences230 },
  authorizationInfo: { to: toAuthorizationInfo230, from: fromAuthorizationInfo230 },
  startSession: { to: toStartSession230, from: fromStartSession230 },
  stopSession: { to: toStopSession230, from: fromStopSession230 },
  reserveNow: { to: toReserveNow230, from: fromReserveNow230 },
  cancelReservation: { to: toCancelReservation230, from: fromCancelReservation230 },
  unlockConnector: { to: toUnlockConnector230, from: fromUnlockConnector230 },
  commandResponse: { to: toCommandResponse230, from: fromCommandResponse230 },
  commandResult: { to: toCommandResult230, from: fromCommandResult230 },
  setChargingProfile: { to: toSetChargingProfile230, from: fromSetChargingProfile230 },
  activeChargingProfile: { to: toActiveChargingProfile230, from: fromActiveChargingProfile230 },
  chargingProfileResponse: {
    to: toChargingProfileResponse230,
    from: fromChargingProfileResponse230,
  },
  chargingProfileResult: { to: toChargingProfileResult230, from: fromChargingProfileResult230 },
  chargingPreferences: { to: toChargingPreferences230, from: fromChargingPreferences230 },
  clientInfo: { to: toClientInfo230, from: fromClientInfo230 },
  invoiceRecord: { to: toInvoiceRecord230, from: fromInvoiceRecord230 },
  credentials: { to: toCredentials230, from: fromCredentials230 },
};
