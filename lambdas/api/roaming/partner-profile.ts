import * as z from 'zod';
import type {
  ActiveChargingProfile,
  PartnerChargingProfile,
} from '../../../core/ocpi/model/charging-profile.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { time } from '../../http/time-form.ts';
import { decimalText, timeText } from '../common-schemas.ts';
import { whole } from '../forms.ts';

/** One decimal, as OCPI has limits. */
const limit = z.number().min(0).max(1_000_000).multipleOf(0.1);

/** A charging profile for a session at a partner; limits in A for each phase, or in W. */
export const PartnerProfileForm = z
  .strictObject({
    unit: z.enum(['A', 'W']),
    startsAt: time.optional(),
    durationSeconds: whole(31_536_000).optional(),
    minimum: limit.optional(),
    periods: z
      .array(z.strictObject({ startSeconds: whole(31_536_000), limit }))
      .min(1)
      .max(1_024),
  })
  .meta({ id: 'RoamingChargingProfile' });

/** A charging profile of a form as partners have it. */
export const profileOf = ({
  unit,
  startsAt,
  durationSeconds,
  minimum,
  periods,
}: z.output<typeof PartnerProfileForm>): PartnerChargingProfile =>
  omitUndefined({
    chargingRateUnit: unit,
    startDateTime: startsAt,
    duration: durationSeconds,
    minChargingRate: minimum === undefined ? undefined : String(minimum),
    periods: periods.map(({ startSeconds, limit }) => ({
      startPeriod: startSeconds,
      limit: String(limit),
    })),
  });

/** The profile that a session at a partner is charged by. */
export const ActiveProfileSchema = z.strictObject({
  from: timeText,
  unit: z.string(),
  durationSeconds: z.int().nullable(),
  periods: z.array(z.strictObject({ startSeconds: z.int(), limit: decimalText })),
});

/** Shows the profile that a session is charged by. */
export const activeProfileView = ({ startDateTime, chargingProfile }: ActiveChargingProfile) => ({
  from: startDateTime,
  unit: chargingProfile.chargingRateUnit,
  durationSeconds: chargingProfile.duration ?? null,
  periods: chargingProfile.periods.map(({ startPeriod, limit }) => ({
    startSeconds: startPeriod,
    limit,
  })),
});
