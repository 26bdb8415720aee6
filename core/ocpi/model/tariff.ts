import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type { DisplayText, EnergyMix } from './shared.ts';

/** One price of an element: per kWh, per hour or once by `type`. */
export type PartnerPriceComponent = Extra & {
  readonly type: string;
  readonly price: string;
  /** Percent; absent where no VAT applies or the version has none. */
  readonly vat?: string;
  /** Wh or seconds. */
  readonly stepSize: number;
};

/** When an element holds; every restriction given must hold. */
export type PartnerRestrictions = Extra & {
  readonly startTime?: string;
  readonly endTime?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  /** kWh, A, kW as decimal text; seconds as numbers. */
  readonly minKwh?: string;
  readonly maxKwh?: string;
  readonly minCurrent?: string;
  readonly maxCurrent?: string;
  readonly minPower?: string;
  readonly maxPower?: string;
  readonly minDuration?: number;
  readonly maxDuration?: number;
  readonly dayOfWeek: readonly string[];
  readonly reservation?: string;
};

/** Prices that hold together under the same restrictions. */
export type PartnerTariffElement = Extra & {
  readonly priceComponents: readonly PartnerPriceComponent[];
  readonly restrictions?: PartnerRestrictions;
};

/** A least or greatest price. */
export type PartnerPriceLimit = Extra & { readonly exclVat: string; readonly inclVat?: string };

/** A tariff between parties. */
export type PartnerTariff = Party &
  Extra & {
    readonly id: string;
    readonly currency: string;
    readonly type?: string;
    readonly altTexts: readonly DisplayText[];
    readonly altUrl?: string;
    readonly minPrice?: PartnerPriceLimit;
    readonly maxPrice?: PartnerPriceLimit;
    readonly elements: readonly PartnerTariffElement[];
    /** `YES`: prices include taxes; `NO`: they do not; `N/A`: taxes do not apply or are added elsewhere. */
    readonly taxIncluded: string;
    readonly validFrom?: string;
    readonly validUntil?: string;
    readonly energyMix?: EnergyMix;
    readonly lastUpdated: string;
  };
