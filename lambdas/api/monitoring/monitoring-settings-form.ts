import * as z from 'zod';
import { readingSeverities } from '../../../core/monitoring/abnormal-readings.ts';
import { defaultMonitoring } from '../../../core/monitoring/monitoring-settings.ts';
import { mostFailedKwh } from '../../../core/monitoring/session-failure.ts';
import { exclusionCauses } from '../../../core/uptime/exclusion.ts';
import { decimalText } from '../common-schemas.ts';
import { decimal } from '../forms.ts';

const { failedSessions, abnormalReadings, alerts, uptime } = defaultMonitoring;

const noEnergyKwh = decimal.refine(
  (text) => /^\d+(?:\.\d{1,6})?$/.test(text) && Number(text) <= mostFailedKwh,
  { message: `The value must be kWh from 0 to ${mostFailedKwh} with at most 6 decimals.` },
);

const percent = decimal.refine(
  (text) => /^\d{1,3}(?:\.\d{1,3})?$/.test(text) && Number(text) <= 100,
  { message: 'The value must be percent from 0 to 100 with at most 3 decimals.' },
);

const { thresholdPercent, contract } = uptime;

const whole = (most: number) => z.int().min(1).max(most);

const minutesOfDay = whole(1_440);

/** From when on something is an alert. */
const alertFields = {
  offlineMinutes: minutesOfDay,
  absencesPerDay: whole(100),
  frozenMinutes: minutesOfDay,
  lostPhaseMinutes: minutesOfDay,
  stuckMinutes: minutesOfDay,
  stuckWatts: whole(100_000),
  silentMinutes: minutesOfDay,
  longHours: whole(720),
  unusedDays: whole(365),
} as const satisfies Record<keyof typeof alerts, z.ZodInt>;

/** How an operator wants to watch its chargers; what is left out is as the defaults say. */
export const MonitoringSettingsForm = z.strictObject({
  failedSessions: z
    .strictObject({ noEnergyKwh: noEnergyKwh.default(failedSessions.noEnergyKwh) })
    .prefault({}),
  abnormalReadings: z
    .strictObject({ from: z.enum(readingSeverities).default(abnormalReadings.from) })
    .prefault({}),
  alerts: z
    .strictObject({
      offlineMinutes: alertFields.offlineMinutes.default(alerts.offlineMinutes),
      absencesPerDay: alertFields.absencesPerDay.default(alerts.absencesPerDay),
      frozenMinutes: alertFields.frozenMinutes.default(alerts.frozenMinutes),
      lostPhaseMinutes: alertFields.lostPhaseMinutes.default(alerts.lostPhaseMinutes),
      stuckMinutes: alertFields.stuckMinutes.default(alerts.stuckMinutes),
      stuckWatts: alertFields.stuckWatts.default(alerts.stuckWatts),
      silentMinutes: alertFields.silentMinutes.default(alerts.silentMinutes),
      longHours: alertFields.longHours.default(alerts.longHours),
      unusedDays: alertFields.unusedDays.default(alerts.unusedDays),
    })
    .prefault({}),
  uptime: z
    .strictObject({
      thresholdPercent: z
        .strictObject({
          nevi: percent.default(thresholdPercent.nevi),
          uk: percent.default(thresholdPercent.uk),
          contract: percent.default(thresholdPercent.contract),
        })
        .prefault({}),
      contract: z
        .strictObject({
          offline: z.enum(['outage', 'left-out']).default(contract.offline),
          excludedCauses: z
            .array(z.enum(exclusionCauses))
            .max(exclusionCauses.length)
            .default([...contract.excludedCauses]),
          setsClosedHoursAside: z.boolean().default(contract.setsClosedHoursAside),
          aside: z.enum(['up', 'left-out']).default(contract.aside),
        })
        .prefault({}),
    })
    .prefault({}),
});

/** How an operator watches its chargers. */
export const MonitoringSettingsSchema = z
  .strictObject({
    failedSessions: z.strictObject({
      noEnergyKwh: decimalText.meta({
        description: 'Energy up to which a session counts as one that gave none.',
      }),
    }),
    abnormalReadings: z.strictObject({ from: z.enum(readingSeverities) }),
    alerts: z.strictObject(alertFields),
    uptime: z.strictObject({
      thresholdPercent: z.strictObject({
        nevi: decimalText,
        uk: decimalText,
        contract: decimalText,
      }),
      contract: z.strictObject({
        offline: z.enum(['outage', 'left-out']),
        excludedCauses: z.array(z.enum(exclusionCauses)),
        setsClosedHoursAside: z.boolean(),
        aside: z.enum(['up', 'left-out']),
      }),
    }),
  })
  .meta({ id: 'MonitoringSettings' });
