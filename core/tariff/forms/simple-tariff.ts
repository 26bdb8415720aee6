import { decimalOf, shortDecimal } from '../../units/decimal.ts';
import type { PriceComponent, Rounding, TariffDimension, TariffTerms } from '../model/tariff.ts';

/** The short form of a tariff as most operators state theirs; prices exclude VAT, decimals are strings. */
export type SimpleTariffForm = {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** One rate for everything; absent where no VAT applies. */
  readonly vatPercent?: string;
  readonly perKwh?: string;
  /** For every minute of charging, and of idling too unless `idlePerMinute` says otherwise. */
  readonly perMinute?: string;
  /** Once for each session. */
  readonly sessionFee?: string;
  /** For every minute in which the vehicle takes no energy by its own choice. */
  readonly idlePerMinute?: string;
  /** Idle minutes of a session that cost nothing. */
  readonly idleGraceMinutes?: number;
  /** Maximum of idle minutes with a price above 0 billed per session, after the grace period. */
  readonly idleCapMinutes?: number;
};

/** How a total is rounded unless a tariff says otherwise: half up, once for each VAT rate on the total. */
export const defaultRounding: Rounding = { mode: 'half-up', scope: 'total' };

/** A price per minute as OCPI states it: per hour, exact. */
const perHour = (perMinute: string): string => shortDecimal(decimalOf(perMinute, 6) * 60n, 6);

/** Prices as an operator states them, each absent where it is free. */
type StatedPrices = {
  readonly [Name in 'sessionFee' | 'perKwh' | 'perMinute' | 'idlePerMinute']?: string | undefined;
};

/** Spells prices out as components that bill exact amounts (step size 0); idle minutes only where they have a price. */
export const pricesOf = (
  { sessionFee, perKwh, perMinute, idlePerMinute }: StatedPrices,
  vat: string | undefined,
): readonly PriceComponent[] => {
  const component = (type: TariffDimension, price: string | undefined) =>
    price === undefined
      ? []
      : [{ type, price, ...(vat === undefined ? {} : { vat }), stepSize: 0 }];
  return [
    ...component('FLAT', sessionFee),
    ...component('ENERGY', perKwh),
    ...component('TIME', perMinute && perHour(perMinute)),
    ...component('PARKING_TIME', idlePerMinute && perHour(idlePerMinute)),
  ];
};

/**
 * Spells a short form out as one element of the OCPI model. A form without any price is a free tariff, stated as such.
 * Expects prices of at most 6 decimals and throws on others: validate first.
 */
export const simpleTariff = (form: SimpleTariffForm): TariffTerms => {
  const { vatPercent, idleGraceMinutes, idleCapMinutes } = form;
  const stated = pricesOf(
    { ...form, idlePerMinute: form.idlePerMinute ?? form.perMinute },
    vatPercent,
  );
  return {
    name: form.name,
    currency: form.currency,
    elements: [
      { priceComponents: stated.length > 0 ? stated : pricesOf({ sessionFee: '0' }, vatPercent) },
    ],
    ...(idleGraceMinutes === undefined ? {} : { idleGraceMinutes }),
    ...(idleCapMinutes === undefined ? {} : { idleCapMinutes }),
    rounding: defaultRounding,
  };
};
