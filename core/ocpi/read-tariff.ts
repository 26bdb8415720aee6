import { defaultRounding } from '../tariff/forms/simple-tariff.ts';
import type { PriceComponent, PriceLimit, Tariff, TariffElement } from '../tariff/model/tariff.ts';
import { currencyDecimals } from '../units/currency.ts';
import { decimalOf } from '../units/decimal.ts';
import { isoInstant } from '../units/instant.ts';
import {
  dateTimeIn,
  decimalText,
  expectObject,
  type Field,
  fieldOf,
  isAbsent,
  itemsOf,
  oneOf,
  refuse,
  requiredText,
  someItemsOf,
  textOf,
  wholeNumber,
} from './document-field.ts';
import { readRestrictions } from './read-restrictions.ts';

const dimensions = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;

const required = <Value>(field: Field, value: Value | undefined, instead: Value): Value => {
  if (value === undefined && isAbsent(field)) refuse(field, 'This is missing.');
  return value ?? instead;
};

/** VAT in percent; one below 0 could take out of a price more than there is in it. */
const readVat = (field: Field): string | undefined => {
  const vat = decimalText(field, 4);
  if (vat === undefined || decimalOf(vat, 4) >= 0n) return vat;
  refuse(field, 'This must not be negative.');
  return undefined;
};

const readComponent = (field: Field, pricesTax: boolean): PriceComponent => {
  const [type, price] = [fieldOf(field, 'type'), fieldOf(field, 'price')];
  const vat = pricesTax ? readVat(fieldOf(field, 'vat')) : undefined;
  return {
    type: required(type, oneOf(type, dimensions), 'FLAT'),
    price: required(price, decimalText(price, 6), '0'),
    ...(vat === undefined ? {} : { vat }),
    // OCPI requires it, 3.0 drops it: an absent one is read as the smallest step.
    stepSize: wholeNumber(fieldOf(field, 'step_size')) ?? 1,
  };
};

const readElement = (field: Field, pricesTax: boolean): TariffElement => {
  expectObject(field);
  const restrictions = readRestrictions(fieldOf(field, 'restrictions'));
  return {
    priceComponents: itemsOf(fieldOf(field, 'price_components'), 'required').map((component) =>
      readComponent(component, pricesTax),
    ),
    ...(restrictions === undefined ? {} : { restrictions }),
  };
};

const firstPresent = (field: Field, names: readonly string[]): Field | undefined =>
  names.map((name) => fieldOf(field, name)).find((found) => !isAbsent(found));

/** Reads `Price` of 2.2.1 or `PriceLimit` of 2.3.0. */
const readLimit = (field: Field): PriceLimit | undefined => {
  if (isAbsent(field)) return undefined;
  const excl = firstPresent(field, ['excl_vat', 'before_taxes']);
  const incl = firstPresent(field, ['incl_vat', 'after_taxes']);
  if (excl === undefined) refuse(field, 'This needs excl_vat (2.2.1) or before_taxes (2.3.0).');
  const inclVat = incl === undefined ? undefined : decimalText(incl, 6);
  return {
    exclVat: (excl === undefined ? undefined : decimalText(excl, 6)) ?? '0',
    ...(inclVat === undefined ? {} : { inclVat }),
  };
};

const readCurrency = (field: Field): string => {
  const currency = requiredText(field);
  if (currency !== '' && currencyDecimals(currency) === undefined) {
    refuse(field, `"${currency}" is not a currency of ISO 4217.`);
  }
  return currency;
};

const readAltTexts = (field: Field): NonNullable<Tariff['altTexts']> =>
  itemsOf(field, 'optional').map((item) => ({
    language: requiredText(fieldOf(item, 'language')),
    text: requiredText(fieldOf(item, 'text')),
  }));

const readMoment = (field: Field): string | undefined => {
  const at = dateTimeIn(field);
  return at === undefined ? undefined : isoInstant(at);
};

type Carried = Pick<Tariff, 'type' | 'altTexts' | 'altUrl' | 'validFrom' | 'validUntil'>;

/** The properties of a tariff other than its prices. */
const readCarried = (field: Field): Carried => {
  const [type, altUrl] = [textOf(fieldOf(field, 'type')), textOf(fieldOf(field, 'tariff_alt_url'))];
  const altTexts = readAltTexts(fieldOf(field, 'tariff_alt_text'));
  const validFrom = readMoment(fieldOf(field, 'start_date_time'));
  const validUntil = readMoment(fieldOf(field, 'end_date_time'));
  return {
    ...(type === undefined ? {} : { type }),
    ...(altTexts.length === 0 ? {} : { altTexts }),
    ...(altUrl === undefined ? {} : { altUrl }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
};

/**
 * Reads a Tariff of OCPI 2.1.1, 2.2.1 or 2.3.0 into ours; what older versions lack stays absent. Prices include tax
 * where 2.3.0 says so, and carry none where it says that taxes do not apply. Problems gather in the field.
 */
export const readOcpiTariff = (field: Field): Tariff => {
  expectObject(field);
  const taxField = fieldOf(field, 'tax_included');
  const tax = isAbsent(taxField) ? 'NO' : oneOf(taxField, ['YES', 'NO', 'N/A'] as const);
  const minPrice = readLimit(fieldOf(field, 'min_price'));
  const maxPrice = readLimit(fieldOf(field, 'max_price'));
  const tariffId = textOf(fieldOf(field, 'id')) ?? '';
  return {
    tariffId,
    version: 1,
    name: tariffId,
    currency: readCurrency(fieldOf(field, 'currency')),
    elements: someItemsOf(fieldOf(field, 'elements')).map((element) =>
      readElement(element, tax !== 'N/A'),
    ),
    ...(minPrice === undefined ? {} : { minPrice }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    rounding: defaultRounding,
    ...(tax === 'YES' ? { taxIncluded: true } : {}),
    ...readCarried(field),
  };
};
