import type { verbatimTypesOf21 } from '../../command/verbatim-type.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import type { Exchange, Message } from '../exchange.ts';
import { loadedRequests, type Writers } from '../loaded-requests.ts';
import { ofReplies } from '../quirks/reply-tolerances.ts';
import { exchangeWith, requestsOf } from '../v201/requests-of.ts';
import type { LoadedRequests } from '../version.ts';
import { furtherMessages } from './further-messages.ts';
import { requestSchemas } from './request-schemas.ts';

const dialect = { name: 'OCPP 2.1', tolerancesOf: () => ofReplies };
const { exchanges, writers } = requestsOf(dialect, requestSchemas);

type FurtherAction = keyof typeof furtherMessages;

const further = Object.fromEntries(
  Object.entries(furtherMessages).map(([action, message]) => [
    action,
    exchangeWith(dialect)(
      action,
      requestSchemas[action as FurtherAction],
      message as Message<never, object, never>,
    ),
  ]),
) as Readonly<
  Record<
    FurtherAction,
    Exchange<{ readonly fields: Readonly<Record<string, unknown>>; readonly tariff?: Tariff }>
  >
>;

const furtherWriters: Pick<Writers, (typeof verbatimTypesOf21)[number]> = {
  'adjust-periodic-event-stream': further.AdjustPeriodicEventStream.write,
  'afrr-signal': further.AFRRSignal.write,
  'change-transaction-tariff': further.ChangeTransactionTariff.write,
  'clear-der-control': further.ClearDERControl.write,
  'clear-tariffs': further.ClearTariffs.write,
  'get-der-control': further.GetDERControl.write,
  'get-periodic-event-stream': further.GetPeriodicEventStream.write,
  'get-tariffs': further.GetTariffs.write,
  'notify-allowed-energy-transfer': further.NotifyAllowedEnergyTransfer.write,
  'notify-web-payment-started': further.NotifyWebPaymentStarted.write,
  'request-battery-swap': further.RequestBatterySwap.write,
  'set-default-tariff': further.SetDefaultTariff.write,
  'set-der-control': further.SetDERControl.write,
  'update-dynamic-schedule': further.UpdateDynamicSchedule.write,
  'use-priority-charging': further.UsePriorityCharging.write,
};

/** Writes requests of ours in OCPP 2.1, and reads what its chargers answer to them. */
export const requests: LoadedRequests = loadedRequests(
  dialect.name,
  { ...exchanges, ...further },
  { ...writers, ...furtherWriters },
);
