import { defaultLimits, type LimitSettings } from './session-limits.ts';

/**
 * The reasons of a stop that may make a session an aborted one: those of OCPP 1.6, 2.0.1 and 2.1 that are a fault or
 * happen against the driver's will, and ours.
 */
export const abortReasons = [
  'DeAuthorized',
  'EmergencyStop',
  'GroundFault',
  'HardReset',
  'ImmediateReset',
  'Other',
  'OvercurrentFault',
  'PowerLoss',
  'PowerQuality',
  'Reboot',
  'ReqEnergyTransferRejected',
  'SoftReset',
  'UnlockCommand',
  'Abandoned',
  'Superseded',
] as const;

/** One such reason. */
export type AbortReason = (typeof abortReasons)[number];

/** How an operator bills sessions that did not go as charging should, when one that never ends is closed, and from when on one is held. */
export type BillingSettings = {
  /** A session that delivered no energy. */
  readonly zeroEnergy: {
    /** `nothing`: a CDR is written and bills 0; `tariff`: whatever the tariff says, its session fee and time included. */
    readonly bill: 'nothing' | 'tariff';
    /** Energy up to which a session counts as one without energy, 0 to 1 kWh. */
    readonly upToKwh: number;
  };
  /** A session that ended by a fault or against the driver's will. */
  readonly aborted: {
    /** True if its session fee is waived; energy and time are billed as usual. */
    readonly waiveSessionFee: boolean;
    /** The reasons of its stop that make it one (see abortReasons). */
    readonly stopReasons: readonly AbortReason[];
  };
  /** A session that never stops. */
  readonly neverStopped: {
    /** Hours without any word of it after which it is closed and held, 1 to 720. */
    readonly closeAfterHours: number;
    /** Minutes for which its connector is available, or in another session, after which it ends by its readings, 1 to 1440. */
    readonly closeWhenAvailableMinutes: number;
  };
  /** A session of which numbered messages are missing when it ends. */
  readonly missingMessages: {
    /** Minutes for which its CDR waits for them before it is held, 0 to 1440. */
    readonly waitMinutes: number;
  };
  /** Duration and cost above which a session is held. */
  readonly limits: LimitSettings;
};

/** The part of the settings that a price can depend on. */
export type PriceSettings = Pick<BillingSettings, 'zeroEnergy' | 'aborted'>;

/** The most that may count as no energy, kWh: a session above it is nobody's exception. */
export const mostZeroKwh = 1;

/** The defaults until an operator sets something else. */
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
  neverStopped: { closeAfterHours: 24, closeWhenAvailableMinutes: 15 },
  missingMessages: { waitMinutes: 15 },
  limits: defaultLimits,
};
