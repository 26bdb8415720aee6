import type { Codec } from '../codec/codec.ts';
import { every, lacking, many, optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, decimal, id, whole } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { energyMix221 } from '../common/energy-mix.ts';
import { priceLimit221 } from '../common/price-limit.ts';
import { taxFreePrices, untaxedTariff } from '../common/tax-included.ts';
import { displayText } from '../common/texts.ts';
import type {
  PartnerPriceComponent,
  PartnerRestrictions,
  PartnerTariff,
  PartnerTariffElement,
} from '../model/tariff.ts';

const dimensions = word(words('ENERGY FLAT PARKING_TIME TIME'));
const weekdays = words('MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY');

/** The fields of a PriceComponent of 2.2.1. */
export const componentMembers221 = {
  type: required('type', dimensions),
  price: required('price', decimal()),
  vat: optional('vat', decimal()),
  stepSize: required('step_size', whole),
} satisfies Members<PartnerPriceComponent>;

/** The fields of TariffRestrictions of 2.2.1. */
export const restrictionMembers221 = {
  startTime: optional('start_time', id(5)),
  endTime: optional('end_time', id(5)),
  startDate: optional('start_date', id(10)),
  endDate: optional('end_date', id(10)),
  minKwh: optional('min_kwh', decimal()),
  maxKwh: optional('max_kwh', decimal()),
  minCurrent: optional('min_current', decimal()),
  maxCurrent: optional('max_current', decimal()),
  minPower: optional('min_power', decimal()),
  maxPower: optional('max_power', decimal()),
  minDuration: optional('min_duration', whole),
  maxDuration: optional('max_duration', whole),
  dayOfWeek: many('day_of_week', word(weekdays)),
  reservation: optional('reservation', word(words('RESERVATION RESERVATION_EXPIRES'))),
} satisfies Members<PartnerRestrictions>;

/** TariffElement with the components and restrictions of a version. */
export const tariffElementOf = (
  component: Codec<PartnerPriceComponent>,
  restrictions: Codec<PartnerRestrictions>,
): Codec<PartnerTariffElement> =>
  record<PartnerTariffElement>({
    priceComponents: every('price_components', component),
    restrictions: optional('restrictions', restrictions),
  });

/** The fields of a Tariff of 2.2.1. */
export const tariffMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  id: required('id', id(36)),
  currency: required('currency', id(3)),
  type: optional(
    'type',
    word(words('AD_HOC_PAYMENT PROFILE_CHEAP PROFILE_FAST PROFILE_GREEN REGULAR')),
  ),
  altTexts: many('tariff_alt_text', displayText),
  altUrl: optional('tariff_alt_url', id(255)),
  minPrice: optional('min_price', priceLimit221),
  maxPrice: optional('max_price', priceLimit221),
  elements: every(
    'elements',
    tariffElementOf(
      record<PartnerPriceComponent>(componentMembers221),
      record<PartnerRestrictions>(restrictionMembers221),
    ),
  ),
  taxIncluded: lacking('NO'),
  validFrom: optional(['start_date_time', 'start_datetime'], dateTime),
  validUntil: optional(['end_date_time', 'end_datetime'], dateTime),
  energyMix: optional('energy_mix', energyMix221),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerTariff>;

const tariffRecord221 = record<PartnerTariff>(tariffMembers221);

/** Tariff of 2.2.1, whose prices exclude tax: others are converted, or not said where their tax is unknown. */
export const tariff221: Codec<PartnerTariff> = {
  read: tariffRecord221.read,
  write: (tariff, context) =>
    taxFreePrices(tariff) === undefined
      ? tariffRecord221.write(untaxedTariff(tariff), context)
      : undefined,
};

/** Translates a tariff into 2.2.1 and back; one that includes tax whose rate is unknown cannot be said. */
export const { to: toTariff221, from: fromTariff221 } = pairOf(tariff221, taxFreePrices);
