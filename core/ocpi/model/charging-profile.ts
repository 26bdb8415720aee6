import type { Extra } from './extra.ts';

/** A limit from a moment on. */
export type ProfilePeriod = Extra & {
  /** Seconds after the start of the profile. */
  readonly startPeriod: number;
  /** A per phase or W by the unit of the profile. */
  readonly limit: string;
};

/** How fast a session may charge over time. */
export type PartnerChargingProfile = Extra & {
  readonly startDateTime?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly chargingRateUnit: string;
  readonly minChargingRate?: string;
  readonly periods: readonly ProfilePeriod[];
};

/** Asks for a profile to be set on a session. */
export type SetChargingProfile = Extra & {
  readonly chargingProfile: PartnerChargingProfile;
  readonly responseUrl: string;
};

/** The profile that a session is charged by. */
export type ActiveChargingProfile = Extra & {
  readonly startDateTime: string;
  readonly chargingProfile: PartnerChargingProfile;
};

/** The answer at once: whether the request was taken. */
export type ChargingProfileResponse = Extra & {
  readonly result: string;
  /** Seconds. */
  readonly timeout: number;
};

/** The result of setting, clearing or reading a profile, later; only reading has a profile. */
export type ChargingProfileResult = Extra & {
  readonly result: string;
  readonly profile?: ActiveChargingProfile;
};

/** A driver's wishes for a session. */
export type ChargingPreferences = Extra & {
  readonly profileType: string;
  readonly departureTime?: string;
  /** kWh. */
  readonly energyNeed?: string;
  readonly dischargeAllowed?: boolean;
};
