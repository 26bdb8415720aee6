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
  /** Where hours overlap, the first in the list hold, with all of their prices. */
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

type Prices = Partial<Record<'perKwh' | 'perMinute' | 'idlePerMinute', string | undefined>>;

/** Hours spelled out: their windows, and their prices. */
type Spelled = { readonly windows: readonly TariffRestrictions[]; readonly prices: Prices };

const spelledOf = (hours: PricedHours, form: SimpleTariffForm): Spelled => {
  const { perKwh, perMinute } = hours;
  const unlessPriced = form.idlePerMinute === undefined ? perMinute : undefined;
  const idlePerMinute = hours.idlePerMinute ?? unlessPriced;
  return { windows: windowsOf(hours), prices: { perKwh, perMinute, idlePerMinute } };
};

/** The spans of a day in which a window holds, as HH:MM. */
const spansOf = ({ startTime = '00:00', endTime = '00:00' }: TariffRestrictions) => {
  if (startTime === endTime) return [['00:00', endOfDay]] as const;
  if (endTime === '00:00') return [[startTime, endOfDay]] as const;
  return startTime < endTime
    ? ([[startTime, endTime]] as const)
    : ([
        [startTime, endOfDay],
        ['00:00', endTime],
      ] as const);
};

const overlap = (a: TariffRestrictions, b: TariffRestrictions): boolean => {
  const { dayOfWeek: days = weekdays } = a;
  const areOnOneDay = (b.dayOfWeek ?? weekdays).some((day) => days.includes(day));
  const isAtOnce = spansOf(a).some(([from, to]) =>
    spansOf(b).some(([begin, end]) => from < end && begin < to),
  );
  return areOnOneDay && isAtOnce;
};

/** The elements of hours. A price that they leave out and later hours would give them is stated as it is outside of all hours. */
const elementsOf = (
  { windows, prices }: Spelled,
  later: readonly Spelled[],
  form: SimpleTariffForm,
): readonly TariffElement[] =>
  windows.map((restrictions) => {
    const others = later
      .filter((one) => one.windows.some((window) => overlap(restrictions, window)))
      .map((one) => one.prices);
    const filled = (name: keyof Prices, outside: string | undefined): string | undefined =>
      prices[name] ??
      (others.some((one) => one[name] !== undefined) ? (outside ?? '0') : undefined);
    const stated = {
      perKwh: filled('perKwh', form.perKwh),
      perMinute: filled('perMinute', form.perMinute),
      idlePerMinute: filled('idlePerMinute', form.idlePerMinute ?? form.perMinute),
    };
    return { priceComponents: pricesOf(stated, form.vatPercent), restrictions };
  });

/** Spells a time-of-use tariff out: the windows of its hours as elements, then the simple one. Expects a valid form. */
export const timeOfUseTariff = ({ hours, ...form }: TimeOfUseForm): TariffTerms => {
  const simple = simpleTariff(form);
  const spelled = hours.map((each) => spelledOf(each, form));
  const special = spelled.flatMap((each, n) => elementsOf(each, spelled.slice(n + 1), form));
  return { ...simple, elements: [...special, ...simple.elements] };
};
