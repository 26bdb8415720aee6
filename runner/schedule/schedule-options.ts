/** How tests bend the time of schedules; without them everything is as on AWS. */
export type ScheduleOptions = {
  /** Factor for the waits between tries, 1 unless given. */
  readonly backoffScale?: number;
};
