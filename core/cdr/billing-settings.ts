/** How an operator bills sessions that did not go as charging should, and when one that never ends is closed. */
export type BillingSettings = {
  /** A session that delivered no energy. */
  readonly zeroEnergy: {
    /** `nothing`: a CDR is written and bills 0; `tariff`: whatever the tariff says, its session fee and time included. */
    readonly bill: 'nothing' | 'tariff';
    /** Up to how many kWh count as none, 0 to 1. */
    readonly upToKwh: number;
  };
  /** A session that ended by a fault or against the driver's will. */
  readonly aborted: {
    /** Whether its session fee is waived; energy and time are billed as ever. */
    readonly waiveSessionFee: boolean;
    /** The reasons of the charger's stop that make it one, in OCPP's spelling. */
    readonly stopReasons: readonly string[];
  };
  /** A session that never stops. */
  readonly neverStopped: {
    /** Hours without any word of it after which it is closed and held, 1 to 720. */
    readonly closeAfterHours: number;
  };
};

/** What holds until an operator sets something else. */
export const defaultBillingSettings: BillingSettings = {
  zeroEnergy: { bill: 'nothing', upToKwh: 0 },
  aborted: {
    waiveSessionFee: true,
    stopReasons: [
      'EmergencyStop',
      'PowerLoss',
      'HardReset',
      'Reboot',
      'DeAuthorized',
      'GroundFault',
      'Other',
    ],
  },
  neverStopped: { closeAfterHours: 24 },
};
