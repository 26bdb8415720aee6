import type { CommandOf } from '../../command/command-request.ts';
import type { verbatimTypesOf21 } from '../../command/verbatim-type.ts';
import { type Dialect, type Exchange, exchange, type Message } from '../exchange.ts';
import type { Writers } from '../loaded-requests.ts';
import type { Validator } from '../validator.ts';
import type { CentralAction } from './central-action.ts';
import { messages } from './messages.ts';
import { getVariables } from './requests/get-variables.ts';
import { setVariables } from './requests/set-variables.ts';
import { wholeInventory } from './requests/whole-inventory.ts';

/** The official schemas of a request and of the answer to it. */
export type Schemas = readonly [Validator<unknown>, Validator<unknown>];

/** Settings that are asked for by their keys: the answer is read as settings, and not in the words of OCPP. */
const byKeysVariant = 'keys';

type OwnExchanges = {
  readonly [Action in CentralAction]: (typeof messages)[Action] extends Message<
    infer Request,
    infer _Sent,
    infer _Answer
  >
    ? Exchange<Request>
    : never;
};

type Exchanges = OwnExchanges & {
  readonly GetVariables_keys: Exchange<CommandOf<'get-configuration'>>;
};

type WritersOf201 = Omit<Writers, (typeof verbatimTypesOf21)[number]>;

/** Joins a message with the schemas of the version that it is sent in. */
export const exchangeWith =
  (dialect: Dialect) =>
  <Request, Answer>(
    action: string,
    [request, response]: Schemas,
    message: Message<Request, object, Answer>,
  ): Exchange<Request> =>
    exchange(dialect, action, request, response, message);

/** All messages of OCPP 2.0.1 in the schemas of one of the versions that have them, and the message that each request becomes. */
export const requestsOf = (
  dialect: Dialect,
  schemas: Readonly<Record<CentralAction, Schemas>>,
): { readonly exchanges: Exchanges; readonly writers: WritersOf201 } => {
  const join = exchangeWith(dialect);
  const exchanges = Object.fromEntries(
    Object.entries(messages).map(([action, message]) => [
      action,
      join(action, schemas[action as CentralAction], message as Message<never, object, never>),
    ]),
  ) as OwnExchanges;
  const byKeys = join('GetVariables', schemas.GetVariables, getVariables);
  const all = join('GetBaseReport', schemas.GetBaseReport, wholeInventory);
  return {
    exchanges: { ...exchanges, GetVariables_keys: byKeys },
    writers: {
      start: exchanges.RequestStartTransaction.write,
      stop: exchanges.RequestStopTransaction.write,
      unlock: exchanges.UnlockConnector.write,
      reserve: exchanges.ReserveNow.write,
      'cancel-reservation': exchanges.CancelReservation.write,
      reset: exchanges.Reset.write,
      availability: exchanges.ChangeAvailability.write,
      trigger: exchanges.TriggerMessage.write,
      'get-configuration': (request, number) => {
        if ((request.keys ?? []).length === 0) return all.write(request, number);
        const written = byKeys.write(request, number);
        return written.kind === 'written' ? { ...written, variant: byKeysVariant } : written;
      },
      'set-configuration': join('SetVariables', schemas.SetVariables, setVariables).write,
      'clear-cache': exchanges.ClearCache.write,
      'local-list-version': exchanges.GetLocalListVersion.write,
      'local-list': exchanges.SendLocalList.write,
      'set-charging-profile': exchanges.SetChargingProfile.write,
      'clear-charging-profile': exchanges.ClearChargingProfile.write,
      'composite-schedule': exchanges.GetCompositeSchedule.write,
      'update-firmware': exchanges.UpdateFirmware.write,
      'get-logs': exchanges.GetLog.write,
      'data-transfer': exchanges.DataTransfer.write,
      'list-certificates': exchanges.GetInstalledCertificateIds.write,
      'install-certificate': exchanges.InstallCertificate.write,
      'delete-certificate': exchanges.DeleteCertificate.write,
      'deliver-certificate': exchanges.CertificateSigned.write,
      'clear-display-message': exchanges.ClearDisplayMessage.write,
      'clear-variable-monitoring': exchanges.ClearVariableMonitoring.write,
      'cost-updated': exchanges.CostUpdated.write,
      'customer-information': exchanges.CustomerInformation.write,
      'get-base-report': exchanges.GetBaseReport.write,
      'get-charging-profiles': exchanges.GetChargingProfiles.write,
      'get-display-messages': exchanges.GetDisplayMessages.write,
      'get-monitoring-report': exchanges.GetMonitoringReport.write,
      'get-report': exchanges.GetReport.write,
      'get-transaction-status': exchanges.GetTransactionStatus.write,
      'get-variables': exchanges.GetVariables.write,
      'publish-firmware': exchanges.PublishFirmware.write,
      'set-display-message': exchanges.SetDisplayMessage.write,
      'set-monitoring-base': exchanges.SetMonitoringBase.write,
      'set-monitoring-level': exchanges.SetMonitoringLevel.write,
      'set-network-profile': exchanges.SetNetworkProfile.write,
      'set-variable-monitoring': exchanges.SetVariableMonitoring.write,
      'set-variables': exchanges.SetVariables.write,
      'unpublish-firmware': exchanges.UnpublishFirmware.write,
    },
  };
};
