import { centralActions as centralActions201 } from '../v201/central-action.ts';

/** The messages that only we send to an OCPP 2.1 charger: those of 2.0.1 and 15 more. */
export const centralActions = [
  ...centralActions201,
  'AFRRSignal',
  'AdjustPeriodicEventStream',
  'ChangeTransactionTariff',
  'ClearDERControl',
  'ClearTariffs',
  'GetDERControl',
  'GetPeriodicEventStream',
  'GetTariffs',
  'NotifyAllowedEnergyTransfer',
  'NotifyWebPaymentStarted',
  'RequestBatterySwap',
  'SetDERControl',
  'SetDefaultTariff',
  'UpdateDynamicSchedule',
  'UsePriorityCharging',
] as const;

/** The messages that we send to an OCPP 2.1 charger; a data transfer goes both ways. */
export type CentralAction = (typeof centralActions)[number] | 'DataTransfer';
