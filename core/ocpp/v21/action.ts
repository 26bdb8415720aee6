import type { Action as Action201 } from '../v201/action.ts';

/** The messages that an OCPP 2.1 charger sends and waits for an answer to: those of 2.0.1 and 11 more. */
export type Action =
  | Action201
  | 'BatterySwap'
  | 'ClosePeriodicEventStream'
  | 'GetCertificateChainStatus'
  | 'NotifyDERAlarm'
  | 'NotifyDERStartStop'
  | 'NotifyPriorityCharging'
  | 'NotifySettlement'
  | 'OpenPeriodicEventStream'
  | 'PullDynamicScheduleUpdate'
  | 'ReportDERControl'
  | 'VatNumberValidation';
