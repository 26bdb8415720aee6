import { verbatimTypes, verbatimTypesOf21 } from '../../command/verbatim-type.ts';
import type { Exchange } from '../exchange.ts';
import { lackingWriters, loadedRequests, type Writers } from '../loaded-requests.ts';
import type { LoadedRequests } from '../version.ts';
import type { CentralAction } from './action.ts';
import { cancelReservation } from './requests/cancel-reservation.ts';
import { certificateSigned } from './requests/certificate-signed.ts';
import { changeAvailability } from './requests/change-availability.ts';
import { changeConfiguration } from './requests/change-configuration.ts';
import { clearCache } from './requests/clear-cache.ts';
import { clearChargingProfile } from './requests/clear-charging-profile.ts';
import { dataTransfer } from './requests/data-transfer.ts';
import { deleteCertificate } from './requests/delete-certificate.ts';
import { extendedTriggerMessage } from './requests/extended-trigger-message.ts';
import { getCompositeSchedule } from './requests/get-composite-schedule.ts';
import { getConfiguration } from './requests/get-configuration.ts';
import { getDiagnostics } from './requests/get-diagnostics.ts';
import { getInstalledCertificateIds } from './requests/get-installed-certificate-ids.ts';
import { getLocalListVersion } from './requests/get-local-list-version.ts';
import { getLog } from './requests/get-log.ts';
import { installCertificate } from './requests/install-certificate.ts';
import { remoteStartTransaction } from './requests/remote-start-transaction.ts';
import { remoteStopTransaction } from './requests/remote-stop-transaction.ts';
import { reserveNow } from './requests/reserve-now.ts';
import { reset } from './requests/reset.ts';
import { sendLocalList } from './requests/send-local-list.ts';
import { setChargingProfile } from './requests/set-charging-profile.ts';
import { signedUpdateFirmware } from './requests/signed-update-firmware.ts';
import { triggerMessage } from './requests/trigger-message.ts';
import { unlockConnector } from './requests/unlock-connector.ts';
import { updateFirmware } from './requests/update-firmware.ts';

/** Every message that we may send to an OCPP 1.6 charger, with its schemas, its writer and the reader of its answer. */
const exchanges = {
  CancelReservation: cancelReservation,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: dataTransfer,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: extendedTriggerMessage,
  GetCompositeSchedule: getCompositeSchedule,
  GetConfiguration: getConfiguration,
  GetDiagnostics: getDiagnostics,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SignedUpdateFirmware: signedUpdateFirmware,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UpdateFirmware: updateFirmware,
} as const satisfies Readonly<Record<CentralAction, Exchange>>;

/** The message of OCPP 1.6 that each request becomes. */
const writers: Writers = {
  ...lackingWriters('OCPP 1.6', [...verbatimTypes, ...verbatimTypesOf21]),
  start: remoteStartTransaction.write,
  stop: remoteStopTransaction.write,
  unlock: unlockConnector.write,
  reserve: reserveNow.write,
  'cancel-reservation': cancelReservation.write,
  reset: reset.write,
  availability: changeAvailability.write,
  trigger: (request, number) => {
    // Only the security extension's own trigger knows these two.
    const isExtended = request.message === 'log-status' || request.message === 'sign-certificate';
    return (isExtended ? extendedTriggerMessage : triggerMessage).write(request, number);
  },
  'get-configuration': getConfiguration.write,
  'set-configuration': changeConfiguration.write,
  'clear-cache': clearCache.write,
  'local-list-version': getLocalListVersion.write,
  'local-list': sendLocalList.write,
  'set-charging-profile': setChargingProfile.write,
  'clear-charging-profile': clearChargingProfile.write,
  'composite-schedule': getCompositeSchedule.write,
  'update-firmware': (request, number) =>
    (request.signed === undefined ? updateFirmware : signedUpdateFirmware).write(request, number),
  'get-logs': (request, number) =>
    (request.kind === 'diagnostics' && request.requestId === undefined
      ? getDiagnostics
      : getLog
    ).write(request, number),
  'data-transfer': dataTransfer.write,
  'list-certificates': getInstalledCertificateIds.write,
  'install-certificate': installCertificate.write,
  'delete-certificate': deleteCertificate.write,
  'deliver-certificate': certificateSigned.write,
};

/** Writes requests of ours in OCPP 1.6, and reads what its chargers answer to them. */
export const requests: LoadedRequests = loadedRequests('OCPP 1.6', exchanges, writers);
