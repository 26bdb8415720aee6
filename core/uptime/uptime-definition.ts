import type { ExclusionCause } from './exclusion.ts';
import type { UptimeState } from './state-intervals.ts';

/** The names of the definitions. */
export const uptimeDefinitions = ['nevi', 'uk', 'contract'] as const;

/** One of them. */
export type UptimeDefinitionName = (typeof uptimeDefinitions)[number];

/** How uptime is computed from the same intervals. */
export type UptimeDefinition = {
  readonly name: UptimeDefinitionName;
  /** The 12 months that end with a month, its calendar year up to its end, or the month. */
  readonly window: 'twelve-months' | 'calendar-year' | 'month';
  /** States that are outages. */
  readonly down: readonly UptimeState[];
  /** States that are neither up nor down. */
  readonly leftOut: readonly UptimeState[];
  readonly excludedCauses: readonly ExclusionCause[];
  /** Whether the hours in which the location is closed are set aside. */
  readonly setsClosedHoursAside: boolean;
  /** Time that is set aside counts as up, or is left out of both sides of the fraction. */
  readonly aside: 'up' | 'left-out';
  /** A year of 365 days, whatever was counted of it; or the time that was counted. */
  readonly denominator: 'year' | 'counted';
  /** Percent, up to 3 decimals. */
  readonly thresholdPercent: string;
  /** Whether to reach the threshold is enough, or it must be passed. */
  readonly reachedBy: 'at-least' | 'more-than';
};

/** The causes that are outside the operator's control by 23 CFR 680.116(b)(3). */
const outsideControl = [
  'utility-outage',
  'vehicle-fault',
  'scheduled-maintenance',
  'vandalism',
  'natural-disaster',
] as const satisfies readonly ExclusionCause[];

/** 23 CFR 680.116(b): per port, monthly over the last 12 months, more than 97 %. */
export const nevi: UptimeDefinition = {
  name: 'nevi',
  window: 'twelve-months',
  down: ['unavailable', 'faulted', 'offline'],
  leftOut: [],
  excludedCauses: outsideControl,
  setsClosedHoursAside: true,
  aside: 'up',
  denominator: 'year',
  thresholdPercent: '97',
  reachedBy: 'more-than',
};

/**
 * Regulation 7 of the UK Public Charge Point Regulations 2023: by the status words of OCPI, in opening hours, per calendar year,
 * 99 % at least. UNKNOWN, which is what a charger that cannot be heard is, is left out.
 */
export const uk: UptimeDefinition = {
  name: 'uk',
  window: 'calendar-year',
  down: ['unavailable', 'faulted'],
  leftOut: ['offline'],
  excludedCauses: [],
  setsClosedHoursAside: true,
  aside: 'left-out',
  denominator: 'counted',
  thresholdPercent: '99',
  reachedBy: 'at-least',
};

/** The terms of a contract, until the operator sets it: every outage counts but scheduled maintenance, which is left out. */
export const contract: UptimeDefinition = {
  name: 'contract',
  window: 'month',
  down: ['unavailable', 'faulted', 'offline'],
  leftOut: [],
  excludedCauses: ['scheduled-maintenance'],
  setsClosedHoursAside: false,
  aside: 'left-out',
  denominator: 'counted',
  thresholdPercent: '98',
  reachedBy: 'at-least',
};
