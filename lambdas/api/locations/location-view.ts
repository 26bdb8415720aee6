import * as z from 'zod';
import type { Location } from '../../store/locations/locations.ts';
import { timeText } from '../common-schemas.ts';
import { PartySchema } from '../partners/party-form.ts';
import { EvseSchema } from './location-evses.ts';

const BusinessSchema = z
  .strictObject({ name: z.string(), website: z.string().optional() })
  .meta({ id: 'BusinessDetails' });

const period = { periodBegin: timeText, periodEnd: timeText };

const OpeningTimesSchema = z
  .strictObject({
    twentyfourseven: z.boolean(),
    regularHours: z.array(
      z.strictObject({
        weekday: z.int().meta({ description: '1 is Monday.' }),
        periodBegin: z.string(),
        periodEnd: z.string(),
      }),
    ),
    exceptionalOpenings: z.array(z.strictObject(period)),
    exceptionalClosings: z.array(z.strictObject(period)),
  })
  .meta({
    id: 'OpeningTimes',
    description: 'As in OCPI: regular hours are local times of the location.',
  });

/** A location as the operator API shows it. */
export const LocationSchema = z
  .strictObject({
    locationId: z.string(),
    name: z.string(),
    address: z.string(),
    city: z.string(),
    postalCode: z.string().nullable(),
    state: z.string().nullable(),
    country: z.string().meta({ description: 'ISO 3166-1, three letters.' }),
    coordinates: z
      .strictObject({ latitude: z.string(), longitude: z.string() })
      .meta({ description: 'Decimal degrees.' }),
    timeZone: z.string(),
    parkingType: z.string().nullable(),
    openingTimes: OpeningTimesSchema.nullable(),
    chargingWhenClosed: z.boolean().nullable(),
    facilities: z.array(z.string()),
    directions: z.array(z.strictObject({ language: z.string(), text: z.string() })),
    operator: BusinessSchema.nullable().meta({
      description: 'Who runs the chargers, where that is not the party that publishes them.',
    }),
    suboperator: BusinessSchema.nullable(),
    owner: BusinessSchema.nullable(),
    helpPhone: z.string().nullable(),
    tariffId: z
      .string()
      .nullable()
      .meta({ description: 'The tariff of its chargers that have none of their own.' }),
    party: PartySchema.nullable().meta({
      description:
        'The party of OCPI that it is of for roaming partners; null: the first of the operator.',
    }),
    publish: z.boolean().meta({ description: 'Whether roaming partners may see it.' }),
    createdAt: timeText,
    updatedAt: timeText,
    version: z.int().meta({ description: 'Counts up with every change.' }),
  })
  .meta({ id: 'Location' });

/** A location that is asked for by its id. */
export const SingleLocationSchema = LocationSchema.extend({
  evses: z.array(EvseSchema).meta({
    description:
      'The EVSEs of its chargers, in the order of their ids: those of the first 50 chargers.',
  }),
  moreEvses: z.boolean().meta({
    description:
      'Whether it has further chargers, whose EVSEs GET /locations/{locationId}/evses lists.',
  }),
}).meta({ id: 'SingleLocation' });

const noFacts = {
  postalCode: null,
  state: null,
  parkingType: null,
  openingTimes: null,
  chargingWhenClosed: null,
  operator: null,
  suboperator: null,
  owner: null,
  helpPhone: null,
  tariffId: null,
  party: null,
};

/** A location as the operator API shows it. */
export const locationView = ({ operatorId: _, ...location }: Location) => ({
  ...noFacts,
  ...location,
  facilities: location.facilities ?? [],
  directions: location.directions ?? [],
});
