import type { Conditions, Window } from './conditions.ts';
import type { Phase, Range, Situation } from './situation.ts';

const within = <Value extends number | bigint>(
  { from, until }: Window<Value>,
  value: Value,
): boolean => (from === undefined || value >= from) && (until === undefined || value < until);

/**
 * Says whether a time of day is inside a window of the clock. An end of 00:00 is the end of the day, an end before the
 * start wraps past midnight, an end equal to the start is the whole day, and an absent end is open.
 */
export const clockHolds = ({ from = 0, until = 0 }: Window<number>, timeOfDay: number): boolean =>
  from < until
    ? timeOfDay >= from && timeOfDay < until
    : // The window only ends at or after midnight.
      timeOfDay >= from || timeOfDay < until;

/**
 * Says whether what was measured over a period stays inside a window: its least at or above the lower bound, its most
 * below the upper. What nobody measured is inside no window, so that no price is based on a guess.
 */
export const measuredHolds = (
  { from, until }: Window<bigint>,
  measured: Range | undefined,
): boolean => {
  if (from === undefined && until === undefined) return true;
  if (measured === undefined) return false;
  return (
    (from === undefined || measured.least >= from) && (until === undefined || measured.most < until)
  );
};

/**
 * Says whether an element prices a phase: one with a reservation restriction prices reservations alone, one without
 * prices the session alone. RESERVATION holds for an expired reservation too; the order of the elements decides.
 */
export const reservationHolds = (restriction: Conditions['reservation'], phase: Phase): boolean => {
  switch (phase) {
    case 'session':
      return restriction === undefined;
    case 'reservation':
      return restriction === 'RESERVATION';
    case 'expired-reservation':
      return restriction !== undefined;
    default:
      return phase satisfies never;
  }
};

const calendarHolds = (conditions: Conditions, { local }: Situation): boolean =>
  clockHolds(conditions.clock, local.timeOfDay) &&
  within(conditions.date, local.day) &&
  // The weekday of the instant, also after midnight of a window that wraps.
  (conditions.weekdays === undefined || conditions.weekdays.has(local.weekday));

/** Says whether an element holds in a situation: every one of its restrictions must (OCPI TariffRestrictions). */
export const conditionsHold = (conditions: Conditions, situation: Situation): boolean =>
  reservationHolds(conditions.reservation, situation.phase) &&
  within(conditions.energy, situation.energy) &&
  within(conditions.elapsed, situation.elapsed) &&
  measuredHolds(conditions.current, situation.current) &&
  measuredHolds(conditions.power, situation.power) &&
  calendarHolds(conditions, situation);
