import type { TariffRestrictions } from '../model/tariff.ts';
import { weekdays } from './conditions.ts';

const span = (
  from: string | undefined,
  until: string | undefined,
  unit: string,
): readonly string[] => {
  if (from !== undefined && until !== undefined) return [`from ${from} to below ${until}${unit}`];
  if (from !== undefined) return [`from ${from}${unit}`];
  return until === undefined ? [] : [`below ${until}${unit}`];
};

const clock = ({ startTime, endTime }: TariffRestrictions): readonly string[] => {
  if (startTime === undefined && endTime === undefined) return [];
  return [`from ${startTime ?? '00:00'} to ${endTime ?? '24:00'}`];
};

const dates = ({ startDate, endDate }: TariffRestrictions): readonly string[] => [
  ...(startDate === undefined ? [] : [`since ${startDate}`]),
  ...(endDate === undefined ? [] : [`before ${endDate}`]),
];

const elapsed = ({ minDuration, maxDuration }: TariffRestrictions): readonly string[] => {
  const whole = [minDuration, maxDuration].every((seconds = 0) => seconds % 60 === 0);
  const spell = (seconds: number | undefined): string | undefined =>
    seconds === undefined ? undefined : String(whole ? seconds / 60 : seconds);
  return span(
    spell(minDuration),
    spell(maxDuration),
    whole ? ' min of the session' : ' s of the session',
  );
};

const days = ({ dayOfWeek }: TariffRestrictions): readonly string[] => {
  if (dayOfWeek === undefined || dayOfWeek.length === 0) return [];
  const inOrder = weekdays.filter((day) => dayOfWeek.includes(day));
  return [`on ${inOrder.map((day) => day.charAt(0) + day.slice(1).toLowerCase()).join(', ')}`];
};

const reservation = (restriction: TariffRestrictions['reservation']): readonly string[] => {
  if (restriction === undefined) return [];
  return [restriction === 'RESERVATION' ? 'for a reservation' : 'for an expired reservation'];
};

/** Says in words when an element holds: `from 17:00 to 20:00, on Saturday, Sunday`; empty when it always does. */
export const describeRestrictions = (stated: TariffRestrictions = {}): string =>
  [
    ...reservation(stated.reservation),
    ...clock(stated),
    ...dates(stated),
    ...days(stated),
    ...span(stated.minKwh, stated.maxKwh, ' kWh'),
    ...elapsed(stated),
    ...span(stated.minCurrent, stated.maxCurrent, ' A'),
    ...span(stated.minPower, stated.maxPower, ' kW'),
  ].join(', ');
