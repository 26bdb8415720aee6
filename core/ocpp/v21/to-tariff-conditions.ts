import type { TariffRestrictions, Weekday } from '../../tariff/model/tariff.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { SetDefaultTariffRequest } from '../generated/v21/set-default-tariff-request.js';

type Energy = NonNullable<SetDefaultTariffRequest['tariff']['energy']>;

/** When a price holds, in the words of OCPP 2.1 (TariffConditionsType). */
type Conditions = NonNullable<Energy['prices'][number]['conditions']>;

const days = {
  MONDAY: 'Monday',
  TUESDAY: 'Tuesday',
  WEDNESDAY: 'Wednesday',
  THURSDAY: 'Thursday',
  FRIDAY: 'Friday',
  SATURDAY: 'Saturday',
  SUNDAY: 'Sunday',
} as const satisfies Readonly<Record<Weekday, string>>;

/** A decimal times a thousand, as kW and kWh become W and Wh. */
const thousandfold = (decimal: string | undefined): number | undefined =>
  decimal === undefined ? undefined : Number((Number(decimal) * 1000).toFixed(6));

const numberOf = (decimal: string | undefined): number | undefined =>
  decimal === undefined ? undefined : Number(decimal);

/**
 * Why OCPP has no term for restrictions of a price; undefined where it has. It does not say when a fee for the session is
 * due that depends on something, ours is due as soon as that holds.
 */
export const problemOfConditions = (
  restrictions: TariffRestrictions | undefined = {},
  isFee: boolean,
): string | undefined => {
  if (restrictions.reservation !== undefined) return 'it has a price of reservations';
  const isRestricted = Object.values(restrictions).some((one) => one !== undefined);
  return isFee && isRestricted ? 'its fee for a session has restrictions' : undefined;
};

/**
 * Writes restrictions of a tariff as conditions. Times are local to the charger in both, and beginnings are inclusive, ends
 * exclusive.
 */
export const toConditions = (
  restrictions: TariffRestrictions | undefined = {},
): Conditions | undefined => {
  const conditions = omitUndefined({
    startTimeOfDay: restrictions.startTime,
    endTimeOfDay: restrictions.endTime,
    dayOfWeek: restrictions.dayOfWeek?.map((day) => days[day]) as Conditions['dayOfWeek'],
    validFromDate: restrictions.startDate,
    validToDate: restrictions.endDate,
    minEnergy: thousandfold(restrictions.minKwh),
    maxEnergy: thousandfold(restrictions.maxKwh),
    minCurrent: numberOf(restrictions.minCurrent),
    maxCurrent: numberOf(restrictions.maxCurrent),
    minPower: thousandfold(restrictions.minPower),
    maxPower: thousandfold(restrictions.maxPower),
    minTime: restrictions.minDuration,
    maxTime: restrictions.maxDuration,
  });
  return Object.keys(conditions).length === 0 ? undefined : conditions;
};
