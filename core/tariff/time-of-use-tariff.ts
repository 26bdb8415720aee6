import { type SimpleTariffForm, simpleTariff } from './simple-tariff.ts';
import type { TariffElement, TariffTerms, Weekday } from './tariff.ts';

/** Hours with a price of their own. */
type PricedHours = {
  /** `HH:MM`, local to the charger; an end before the start passes midnight. */
  readonly from: string;
  readonly to: string;
  /** Every day unless given. */
  readonly days?: readonly Weekday[];
  readonly perKwh: string;
};

/** A simple tariff whose price per kWh depends on the clock; `perKwh` holds outside of all hours. */
export type TimeOfUseForm = SimpleTariffForm & {
  readonly perKwh: string;
  /** Where hours overlap, the first in the list holds. */
  readonly hours: readonly PricedHours[];
};

const elementOf = (hours: PricedHours, vatPercent: string | undefined): TariffElement => ({
  priceComponents: [
    {
      type: 'ENERGY',
      price: hours.perKwh,
      ...(vatPercent === undefined ? {} : { vat: vatPercent }),
      stepSize: 0,
    },
  ],
  restrictions: {
    startTime: hours.from,
    endTime: hours.to,
    ...(hours.days === undefined ? {} : { dayOfWeek: hours.days }),
  },
});

/** Spells a time-of-use tariff out: one element for each of its hours, then the simple one. Validate the result. */
export const timeOfUseTariff = ({ hours, ...form }: TimeOfUseForm): TariffTerms => {
  const simple = simpleTariff(form);
  const special = hours.map((each) => elementOf(each, form.vatPercent));
  return { ...simple, elements: [...special, ...simple.elements] };
};
