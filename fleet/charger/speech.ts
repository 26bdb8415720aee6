import type { ChargerConnection } from './charger-connection.ts';
import type { ChargingPlan, PlannedReading } from './charging-plan.ts';

/** A session that a simulated charger runs. */
export type RunningCharge = {
  /** Says that the vehicle charges. */
  readonly charging: () => Promise<void>;
  readonly report: (reading: PlannedReading) => Promise<void>;
  /** Says that the vehicle takes no more. */
  readonly suspended: (at: number) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** The way a simulated charger speaks: the same things in the words of each OCPP version. */
export type Speech = {
  readonly boot: (connection: ChargerConnection) => Promise<void>;
  /** Reports the state of a connector, in the words of OCPP 1.6, at a time of the charger's clock. */
  readonly reportStatus: (
    connection: ChargerConnection,
    connectorId: number,
    status: string,
    at: number,
  ) => Promise<void>;
  readonly authorize: (connection: ChargerConnection, idTag: string) => Promise<void>;
  readonly begin: (connection: ChargerConnection, plan: ChargingPlan) => Promise<RunningCharge>;
};
