import type { RateCard } from './rate-card.ts';

/** Says whether a price depends on the local time, weekday or date, so that the time zone of the charger matters. */
export const isTimeDependent = ({ conditions }: RateCard): boolean =>
  conditions.some(
    ({ clock, date, weekdays }) =>
      weekdays !== undefined ||
      [clock.from, clock.until, date.from, date.until].some((bound) => bound !== undefined),
  );
