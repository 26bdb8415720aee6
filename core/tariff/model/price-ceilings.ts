import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf } from '../../units/decimal.ts';

/**
 * About 500 EUR in each currency of ISO 4217: by the rough exchange rates of 2025, rounded to 1, 2 or 5 times a power of
 * ten. More exact than that it need not be, and where a currency loses its value an operator sets another ceiling.
 */
const currenciesByCeiling: Readonly<Record<string, string>> = {
  '10': 'CLF',
  '200': 'BHD KWD OMR',
  '500': 'BMD BSD CHE CHF CHW EUR FKP GBP GIP JOD KYD PAB SHP USD USN',
  '1000': 'ANG AUD AWG AZN BAM BBD BGN BND BZD CAD FJD MXV NZD SGD TOP XCG',
  '2000': 'AED BRL BYN GEL ILS MYR PEN PGK PLN QAR RON SAR TMT TND WST XCD',
  '5000': 'BOB BOV CNY COU DKK GHS GTQ HKD LYD MAD MOP NOK SBD SEK SVC TJS TTD UYI',
  '10000': 'BWP CUP CZK ERN LSL MDL MVR MXN NAD SCR SLE STN SZL UYW ZAR ZMW',
  '20000': 'EGP HNL MKD MRU MUR NIO SRD THB TRY TWD UAH UYU ZWG',
  '50000': 'AFN ALL BDT BTN CVE DOP GMD INR KGS MZN PHP RSD RUB VUV XPF',
  '100000': 'DJF DZD ETB GYD HTG ISK JMD JPY KES LRD NPR VED VES YER',
  '200000': 'AMD CRC HUF KMF KZT LKR PKR',
  '500000': 'AOA CLP KPW SDG SOS XAF XOF',
  '1000000': 'ARS CDF IQD KRW MMK MWK NGN RWF',
  '2000000': 'BIF COP KHR MGA MNT SSP TZS UGX',
  '5000000': 'GNF PYG SYP UZS',
  '10000000': 'IDR LAK',
  '20000000': 'VND',
  '50000000': 'LBP',
  '500000000': 'IRR',
};

/** The default ceiling of a session's price by currency, in its main unit, in the order of the currencies' codes. */
export const priceCeilings: ReadonlyMap<string, string> = new Map(
  Object.entries(currenciesByCeiling)
    .flatMap(([ceiling, list]) =>
      list.split(' ').map((currency): [string, string] => [currency, ceiling]),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** True if an operator may set a ceiling: no lower than a tenth of the default, and of no more decimals than the currency has. */
export const mayBeCeiling = (currency: string, amount: string): boolean => {
  const usual = priceCeilings.get(currency);
  const decimals = currencyDecimals(currency);
  if (usual === undefined || decimals === undefined) return false;
  const [, fraction = ''] = amount.split('.');
  const fits = fraction.length <= decimals && amount.length <= 20;
  return fits && decimalOf(amount, decimals) * 10n >= decimalOf(usual, decimals);
};
