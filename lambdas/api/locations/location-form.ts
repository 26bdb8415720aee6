import * as z from 'zod';
import { facilities221, parkingTypes221 } from '../../../core/ocpi/common/location-words.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { countryForm } from '../country-form.ts';
import { decimal, id, timeZone, wordOf } from '../forms.ts';
import { partyForm } from '../partners/party-form.ts';
import { openingTimesForm } from './opening-times-form.ts';

/** Degrees as OCPI has them: up to 7 decimals, which is a centimetre. */
const degrees = (most: number) =>
  decimal.refine(
    (text) => /^-?\d{1,3}(?:\.\d{1,7})?$/.test(text) && Math.abs(Number(text)) <= most,
    {
      message: `The value must be decimal degrees from -${most} to ${most} with at most 7 decimals.`,
    },
  );

const url = z
  .url({ protocol: /^https?$/, message: 'The value must be a URL of http or https.' })
  .max(255);

/** The name of a business, with its website. */
const business = z
  .strictObject({ name: z.string().trim().min(1).max(100), website: url.optional() })
  .transform((given) => omitUndefined(given));

const directions = z
  .array(
    z.strictObject({
      language: z.string().regex(/^[a-z]{2}$/, {
        message: 'The value must be a language of ISO 639-1, as in de.',
      }),
      text: z.string().trim().min(1).max(512),
    }),
  )
  .max(20)
  .refine((texts) => new Set(texts.map(({ language }) => language)).size === texts.length, {
    message: 'Each language may occur once.',
  });

/** Fields of a location that an operator may set and change later: none is longer than OCPI takes in all its versions. */
const facts = {
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().min(1).max(45),
  city: z.string().trim().min(1).max(45),
  postalCode: z.string().trim().min(1).max(10),
  state: z.string().trim().min(1).max(20),
  country: countryForm,
  coordinates: z.strictObject({ latitude: degrees(90), longitude: degrees(180) }),
  timeZone,
  parkingType: wordOf(parkingTypes221),
  openingTimes: openingTimesForm,
  chargingWhenClosed: z.boolean(),
  facilities: z.array(wordOf(facilities221)).max(facilities221.length),
  directions,
  operator: business,
  suboperator: business,
  owner: business,
  helpPhone: z.string().regex(/^\+?[0-9][0-9 ()/.-]{2,23}$/, {
    message: 'The value must be a telephone number of at most 25 characters.',
  }),
  tariffId: id(64),
  party: partyForm,
  publish: z.boolean(),
} as const;

/** A new location. */
export const LocationForm = z.strictObject({
  ...facts,
  postalCode: facts.postalCode.optional(),
  state: facts.state.optional(),
  parkingType: facts.parkingType.optional(),
  openingTimes: facts.openingTimes.optional(),
  chargingWhenClosed: facts.chargingWhenClosed.optional(),
  facilities: facts.facilities.optional(),
  directions: facts.directions.optional(),
  operator: facts.operator.optional(),
  suboperator: facts.suboperator.optional(),
  owner: facts.owner.optional(),
  helpPhone: facts.helpPhone.optional(),
  tariffId: facts.tariffId.optional(),
  party: facts.party.optional(),
  publish: facts.publish.default(false),
});

/** Change of a location: null removes a field, an absent one stays as it is. */
export const LocationChangeForm = z
  .strictObject({
    name: facts.name.optional(),
    address: facts.address.optional(),
    city: facts.city.optional(),
    postalCode: facts.postalCode.nullable().optional(),
    state: facts.state.nullable().optional(),
    country: facts.country.optional(),
    coordinates: facts.coordinates.optional(),
    timeZone: facts.timeZone.optional(),
    parkingType: facts.parkingType.nullable().optional(),
    openingTimes: facts.openingTimes.nullable().optional(),
    chargingWhenClosed: facts.chargingWhenClosed.nullable().optional(),
    facilities: facts.facilities.nullable().optional(),
    directions: facts.directions.nullable().optional(),
    operator: facts.operator.nullable().optional(),
    suboperator: facts.suboperator.nullable().optional(),
    owner: facts.owner.nullable().optional(),
    helpPhone: facts.helpPhone.nullable().optional(),
    tariffId: facts.tariffId.nullable().optional(),
    party: facts.party.nullable().optional(),
    publish: facts.publish.optional(),
    version: z.int().min(1).optional().meta({
      description:
        'The version that the change is based on; the change is refused if it is not the latest.',
    }),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, {
    message: 'The body must contain at least one field to change.',
  });
