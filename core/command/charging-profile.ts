/** One step of a charging schedule. */
export type SchedulePeriod = {
  /** Seconds from the start of the schedule. */
  readonly startSeconds: number;
  /** In the unit of the schedule, to one decimal. */
  readonly limit: number;
  /** 1 to 3; three where absent. */
  readonly phases?: number;
};

/** How much may be drawn, and when. */
export type ChargingSchedule = {
  readonly unit: 'A' | 'W';
  /** ISO 8601; absent for a schedule that starts with its profile or its transaction. */
  readonly startsAt?: string;
  readonly durationSeconds?: number;
  /** The least that the vehicle can use, in the unit of the schedule, to one decimal. */
  readonly minimum?: number;
  readonly periods: readonly SchedulePeriod[];
};

/** The limit that a profile is: of the whole charger, of every transaction, or of one of them. */
export type ProfilePurpose = 'charger-limit' | 'default' | 'transaction';

/** A limit that a charger enforces itself (OCPP 1.6 section 7.8, 2.0.1 part 2 section 2.9). */
export type ChargingProfile = {
  readonly profileId: number;
  /** The transaction it is for; only a profile of purpose `transaction` has one. */
  readonly transactionId?: string;
  /** Of several profiles of one purpose the one with the highest level counts. */
  readonly stackLevel: number;
  readonly purpose: ProfilePurpose;
  readonly kind: 'absolute' | 'relative' | 'daily' | 'weekly';
  /** ISO 8601. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly schedule: ChargingSchedule;
};
