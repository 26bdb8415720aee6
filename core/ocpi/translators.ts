import type { Pair } from './codec/translation.ts';
import type { PartnerCdr } from './model/cdr.ts';
import type {
  ActiveChargingProfile,
  ChargingPreferences,
  ChargingProfileResponse,
  ChargingProfileResult,
  SetChargingProfile,
} from './model/charging-profile.ts';
import type { ClientInfo } from './model/client-info.ts';
import type {
  CancelReservation,
  CommandResponse,
  CommandResult,
  ReserveNow,
  StartSession,
  StopSession,
  UnlockConnector,
} from './model/command.ts';
import type { PartnerConnector } from './model/connector.ts';
import type { Credentials } from './model/credentials.ts';
import type { PartnerEvse } from './model/evse.ts';
import type { InvoiceRecord } from './model/invoice-record.ts';
import type { PartnerLocation } from './model/location.ts';
import type { PartnerSession } from './model/session.ts';
import type { PartnerTariff } from './model/tariff.ts';
import type { AuthorizationInfo, LocationReferences, PartnerToken } from './model/token.ts';

/** A version of OCPI that we speak. */
export type OcpiVersion = '2.1.1' | '2.2.1' | '2.3.0';

/** Our objects by their names in the translations. */
export type PartnerObjects = {
  readonly location: PartnerLocation;
  readonly evse: PartnerEvse;
  readonly connector: PartnerConnector;
  readonly session: PartnerSession;
  readonly cdr: PartnerCdr;
  readonly tariff: PartnerTariff;
  readonly token: PartnerToken;
  readonly locationReferences: LocationReferences;
  readonly authorizationInfo: AuthorizationInfo;
  readonly startSession: StartSession;
  readonly stopSession: StopSession;
  readonly reserveNow: ReserveNow;
  readonly cancelReservation: CancelReservation;
  readonly unlockConnector: UnlockConnector;
  readonly commandResponse: CommandResponse;
  readonly commandResult: CommandResult;
  readonly setChargingProfile: SetChargingProfile;
  readonly activeChargingProfile: ActiveChargingProfile;
  readonly chargingProfileResponse: ChargingProfileResponse;
  readonly chargingProfileResult: ChargingProfileResult;
  readonly chargingPreferences: ChargingPreferences;
  readonly clientInfo: ClientInfo;
  readonly invoiceRecord: InvoiceRecord;
  readonly credentials: Credentials;
};

/** The translations of a version; undefined where the version has no such object. */
export type Translators = {
  readonly [Kind in keyof PartnerObjects]: Pair<PartnerObjects[Kind]> | undefined;
};
