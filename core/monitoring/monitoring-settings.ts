import type { ExclusionCause } from '../uptime/exclusion.ts';
import {
  contract,
  nevi,
  type UptimeDefinition,
  type UptimeDefinitionName,
  uk,
} from '../uptime/uptime-definition.ts';
import type { ReadingSeverity } from './abnormal-readings.ts';
import { type AlertThresholds, defaultAlerts } from './alerts.ts';

/** How an operator watches its chargers. */
export type MonitoringSettings = {
  readonly failedSessions: {
    /** Energy up to which a session counts as one that gave none, 0 to 1 kWh; a decimal. */
    readonly noEnergyKwh: string;
  };
  readonly abnormalReadings: { readonly from: ReadingSeverity };
  readonly alerts: AlertThresholds;
  readonly uptime: {
    /** The thresholds of the definitions, percent; decimals of up to 3 places. */
    readonly thresholdPercent: Readonly<Record<UptimeDefinitionName, string>>;
    /** The terms of a contract. */
    readonly contract: Pick<UptimeDefinition, 'aside' | 'setsClosedHoursAside'> & {
      readonly excludedCauses: readonly ExclusionCause[];
      /** Whether the time in which a charger cannot be heard is an outage, or is left out. */
      readonly offline: 'outage' | 'left-out';
    };
  };
};

/** The settings until an operator sets others. */
export const defaultMonitoring: MonitoringSettings = {
  failedSessions: { noEnergyKwh: '0.05' },
  abnormalReadings: { from: 'warning' },
  alerts: defaultAlerts,
  uptime: {
    thresholdPercent: {
      nevi: nevi.thresholdPercent,
      uk: uk.thresholdPercent,
      contract: contract.thresholdPercent,
    },
    contract: {
      offline: 'outage',
      excludedCauses: contract.excludedCauses,
      setsClosedHoursAside: contract.setsClosedHoursAside,
      aside: contract.aside,
    },
  },
};

function contractOf({ contract: agreed }: MonitoringSettings['uptime']): UptimeDefinition {
  const { offline, ...terms } = agreed;
  return offline === 'outage'
    ? { ...contract, ...terms }
    : { ...contract, ...terms, down: ['unavailable', 'faulted'], leftOut: ['offline'] };
}

/** A definition of uptime as an operator has set it: its threshold, and all of the contract. */
export function definitionOf(
  name: UptimeDefinitionName,
  { uptime }: MonitoringSettings,
): UptimeDefinition {
  const thresholdPercent = uptime.thresholdPercent[name];
  switch (name) {
    case 'nevi':
      return { ...nevi, thresholdPercent };
    case 'uk':
      return { ...uk, thresholdPercent };
    case 'contract':
      return { ...contractOf(uptime), thresholdPercent };
    default:
      return name satisfies never;
  }
}
