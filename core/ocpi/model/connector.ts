import type { Extra } from './extra.ts';

/** A plug or socket of a partner's EVSE. */
export type PartnerConnector = Extra & {
  readonly id: string;
  readonly standard: string;
  readonly format: string;
  readonly powerType: string;
  /** V, between phase and neutral for AC; whole numbers when sent. */
  readonly maxVoltage: string;
  /** A, per phase. */
  readonly maxAmperage: string;
  /** W; absent where it is voltage × amperage × phases. */
  readonly maxElectricPower?: string;
  readonly tariffIds: readonly string[];
  readonly termsAndConditions?: string;
  /** 2.3.0: plug and charge. */
  readonly capabilities: readonly string[];
  readonly lastUpdated: string;
};
