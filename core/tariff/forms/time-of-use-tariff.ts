import type { TariffElement, TariffRestrictions, TariffTerms, Weekday } from '../model/tariff.ts';
import { weekdays } from '../rate/conditions.ts';
import { pricesOf, type SimpleTariffForm, simpleTariff } from './simple-tariff.ts';

/** How the end of a day may be written where hours end; OCPI writes it as 00:00. */
export const endOfDay = '24:00';

/** Hours with prices of their own; what they leave out costs what it costs outside of them. */
export type PricedHours = {
  /** `HH:MM`, local to the charger; an end before the start passes midnight. */
  readonly from: string;
  /** `HH:MM` or 24:00; where it is the start again, the hours are the whole day. */
  readonly to: string;
  /** The days on which the hours begin; every day unless given. */
  readonly days?: readonly Weekday[];
  readonly perKwh?: string;
  /** Counts idle minutes too, unless the hours or the tariff price those. */
  readonly perMinute?: string;
  readonly idlePerMinute?: string;
};

/** A simple tariff whose prices depend on the clock; its own prices hold outside of all hours. */
export type TimeOfUseForm = SimpleTariffForm & {
  /** Where hours overlap, the first in the list holds. */
  readonly hours: readonly PricedHours[];
};

const dayAfter = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 1) % 7] ?? day;

/** Hours that pass midnight on some days only are two windows: OCPI uses the weekday of the instant. */
const windowsOf = ({ from, to, days }: PricedHours): readonly TariffRestrictions[] => {
  const endTime = to === endOfDay ? '00:00' : to;
  if (days === undefined) return [{ startTime: from, endTime }];
  if (endTime >= from || endTime === '00:00') {
    return [{ startTime: from, endTime, dayOfWeek: days }];
  }
  return [
    { startTime: from, endTime: '00:00', dayOfWeek: days },
    { startTime: '00:00', endTime, dayOfWeek: days.map(dayAfter) },
  ];
};

const elementsOf = (hours: PricedHours, form: SimpleTariffForm): readonly TariffElement[] => {
  const { perKwh, perMinute } = hours;
  const unlessPriced = form.idlePerMinute === undefined ? perMinute : undefined;
  const idlePerMinute = hours.idlePerMinute ?? unlessPriced;
  const priceComponents = pricesOf({ perKwh, perMinute, idlePerMinute }, form.vatPercent);
  return windowsOf(hours).map((restrictions) => ({ priceComponents, restrictions }));
};

/** Spells a time-of-use tariff out: the windows of its hours as elements, then the simple one. Expects a valid form. */
export const timeOfUseTariff = ({ hours, ...form }: TimeOfUseForm): TariffTerms => {
  const simple = simpleTariff(form);
  const special = hours.flatMap((each) => elementsOf(each, form));
  return { ...simple, elements: [...special, ...simple.elements] };
};
