import { decimalOf } from '../../units/decimal.ts';
import type { Tariff, TariffElement, TariffRestrictions } from './tariff.ts';

/** The information about time that a tariff needs: the time of day or date, the duration, or nothing. */
export type TimeNeed = 'clock' | 'duration' | 'none';

/** Tells what the prices of a tariff for a session depend on; those of a reservation are not asked. */
export const timeNeedOf = ({ elements }: Tariff): TimeNeed => {
  const ofSessions = elements.filter(({ restrictions }) => restrictions?.reservation === undefined);
  if (ofSessions.some(({ restrictions }) => goesByClock(restrictions))) return 'clock';
  return ofSessions.some(goesByDuration) ? 'duration' : 'none';
};

/** True when what is paid for a kWh of a session depends on when, how fast or how long after the start it was drawn. */
export const pricesCourse = ({ elements }: Tariff): boolean =>
  elements.some(
    ({ restrictions, priceComponents }) =>
      priceComponents.some(({ type }) => type === 'ENERGY') &&
      restrictions?.reservation === undefined &&
      (goesByClock(restrictions) || goesByCourse(restrictions)),
  );

const goesByClock = (stated: TariffRestrictions = {}): boolean =>
  [stated.startTime, stated.endTime, stated.startDate, stated.endDate].some(isStated) ||
  (stated.dayOfWeek ?? []).length > 0;

const goesByDuration = ({ restrictions = {}, priceComponents }: TariffElement): boolean =>
  [restrictions.minDuration, restrictions.maxDuration].some(isStated) ||
  priceComponents.some(({ type, price }) => isTime(type) && decimalOf(price, 6) !== 0n);

const goesByCourse = (stated: TariffRestrictions = {}): boolean =>
  [
    stated.minDuration,
    stated.maxDuration,
    stated.minPower,
    stated.maxPower,
    stated.minCurrent,
    stated.maxCurrent,
  ].some(isStated);

const isTime = (type: string): boolean => type === 'TIME' || type === 'PARKING_TIME';

const isStated = (value: string | number | undefined): boolean => value !== undefined;
