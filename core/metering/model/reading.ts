import type { ConnectorStatus } from '../../charger/connector-status.ts';

/** One value of one measurand, its defaults filled in but its number untouched (OCPP 1.6 section 7.43, 2.0.1 SampledValueType). */
export type SampledValue = {
  /** The decimal exactly as the charger wrote it; for signed data the raw record. */
  readonly value: string;
  /** `Transaction.Begin`, `Sample.Periodic`, …; the default of the standard is `Sample.Periodic`. */
  readonly context: string;
  /** The default of the standard is `Energy.Active.Import.Register`. */
  readonly measurand: string;
  /** True where the charger named no measurand, and the value cannot be of the standard's default. */
  readonly unnamed?: true;
  readonly phase?: string;
  /** `Outlet` unless the charger says otherwise. */
  readonly location: string;
  /** As sent; absent when the charger sent none (Wh for energy, see the normaliser). */
  readonly unit?: string;
  /** Power of ten to apply to the value (OCPP 2.0.1 unitOfMeasure); 0 when absent. */
  readonly multiplier: number;
  readonly format: 'raw' | 'signed';
};

/** The measurements of a charger at one point in time: the version-independent form of a MeterValue of any OCPP version. */
export type MeterReading = {
  /** The timestamp exactly as the charger wrote it. */
  readonly timestamp: string;
  /** When we received it, epoch milliseconds. */
  readonly receivedAt: number;
  /** True when the charger says that it measured this while it had no connection. */
  readonly offline: boolean;
  /** The number of its message within the transaction, where the protocol counts them (OCPP 2.0.1 TransactionEvent seqNo). */
  readonly seqNo?: number;
  /** True when its message named a transaction that cannot be, so that it is taken as one of its connector's session. */
  readonly guessed?: true;
  readonly sampledValues: readonly SampledValue[];
};

/** The state of a connector at one point in time, whatever the OCPP version. */
export type ConnectorState = {
  /** The timestamp exactly as the charger wrote it. */
  readonly timestamp: string;
  /** When we received it, epoch milliseconds; absent if unknown: then its own time is used. */
  readonly receivedAt?: number;
  readonly status: ConnectorStatus;
  /** True when its message says that the vehicle was connected at that time (OCPP 2.x `CablePluggedIn` of a transaction that had begun). */
  readonly pluggedIn?: true;
};
