import type { CentralAction as CentralAction201 } from '../v201/central-action.ts';
import { numbered, verbatim } from '../v201/requests/verbatim.ts';
import type { CentralAction } from './central-action.ts';
import { withTariff } from './with-tariff.ts';

/** How the messages are written and read that OCPP 2.1 has and OCPP 2.0.1 does not, by their actions. */
export const furtherMessages = {
  AFRRSignal: verbatim,
  AdjustPeriodicEventStream: verbatim,
  ChangeTransactionTariff: withTariff,
  ClearDERControl: verbatim,
  ClearTariffs: verbatim,
  GetDERControl: numbered,
  GetPeriodicEventStream: verbatim,
  GetTariffs: verbatim,
  NotifyAllowedEnergyTransfer: verbatim,
  NotifyWebPaymentStarted: verbatim,
  RequestBatterySwap: numbered,
  SetDERControl: verbatim,
  SetDefaultTariff: withTariff,
  UpdateDynamicSchedule: verbatim,
  UsePriorityCharging: verbatim,
} as const satisfies Readonly<
  Record<Exclude<CentralAction, CentralAction201>, typeof verbatim | typeof withTariff>
>;
