import type { ChargingProfile } from '../../command/charging-profile.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { PartnerChargingProfile } from '../model/charging-profile.ts';

/**
 * The profile of a partner for a session as its charger gets it; undefined for one that limits nothing, which no charger takes.
 * This is the one place where a partner's limit becomes that of a charger: whoever divides a site's power joins them here.
 */
export const sessionProfile = (
  { startDateTime, duration, chargingRateUnit, minChargingRate, periods }: PartnerChargingProfile,
  { profileId, transactionId }: { readonly profileId: number; readonly transactionId: string },
): ChargingProfile | undefined =>
  periods.length === 0
    ? undefined
    : {
        profileId,
        transactionId,
        stackLevel: 0,
        purpose: 'transaction',
        kind: startDateTime === undefined ? 'relative' : 'absolute',
        schedule: omitUndefined({
          unit: chargingRateUnit === 'W' ? 'W' : 'A',
          startsAt: startDateTime,
          durationSeconds: duration,
          minimum: minChargingRate === undefined ? undefined : Number(minChargingRate),
          periods: periods.map(({ startPeriod, limit }) => ({
            startSeconds: startPeriod,
            limit: Number(limit),
          })),
        } as const),
      };
