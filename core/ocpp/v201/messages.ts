import { cancelReservation } from './requests/cancel-reservation.ts';
import { certificateSigned } from './requests/certificate-signed.ts';
import { changeAvailability } from './requests/change-availability.ts';
import { clearCache } from './requests/clear-cache.ts';
import { clearChargingProfile } from './requests/clear-charging-profile.ts';
import { dataTransfer } from './requests/data-transfer.ts';
import { deleteCertificate } from './requests/delete-certificate.ts';
import { getCompositeSchedule } from './requests/get-composite-schedule.ts';
import { getInstalledCertificateIds } from './requests/get-installed-certificate-ids.ts';
import { getLocalListVersion } from './requests/get-local-list-version.ts';
import { getLog } from './requests/get-log.ts';
import { installCertificate } from './requests/install-certificate.ts';
import { requestStartTransaction } from './requests/request-start-transaction.ts';
import { requestStopTransaction } from './requests/request-stop-transaction.ts';
import { reserveNow } from './requests/reserve-now.ts';
import { reset } from './requests/reset.ts';
import { sendLocalList } from './requests/send-local-list.ts';
import { setChargingProfile } from './requests/set-charging-profile.ts';
import { triggerMessage } from './requests/trigger-message.ts';
import { unlockConnector } from './requests/unlock-connector.ts';
import { updateFirmware } from './requests/update-firmware.ts';
import { numbered, verbatim } from './requests/verbatim.ts';

/**
 * How each message that we send to a charger of OCPP 2.0.1 is written and its answer read, by its action. OCPP 2.1 has the same
 * messages, with further fields. Settings that are asked for or changed by a key are not among them.
 */
export const messages = {
  CancelReservation: cancelReservation,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  ClearDisplayMessage: verbatim,
  ClearVariableMonitoring: verbatim,
  CostUpdated: verbatim,
  CustomerInformation: numbered,
  DataTransfer: dataTransfer,
  DeleteCertificate: deleteCertificate,
  GetBaseReport: numbered,
  GetChargingProfiles: numbered,
  GetCompositeSchedule: getCompositeSchedule,
  GetDisplayMessages: numbered,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  GetMonitoringReport: numbered,
  GetReport: numbered,
  GetTransactionStatus: verbatim,
  GetVariables: verbatim,
  InstallCertificate: installCertificate,
  PublishFirmware: numbered,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: requestStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SetDisplayMessage: verbatim,
  SetMonitoringBase: verbatim,
  SetMonitoringLevel: verbatim,
  SetNetworkProfile: verbatim,
  SetVariableMonitoring: verbatim,
  SetVariables: verbatim,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UnpublishFirmware: verbatim,
  UpdateFirmware: updateFirmware,
} as const;
