import * as z from 'zod';
import type { Location } from '../../store/locations/locations.ts';
import { timeText } from '../common-schemas.ts';

/** A location as the operator API shows it. */
export const LocationSchema = z
  .strictObject({
    locationId: z.string(),
    name: z.string(),
    address: z.string(),
    city: z.string(),
    postalCode: z.string().nullable(),
    country: z.string().meta({ description: 'ISO 3166-1, three letters.' }),
    coordinates: z
      .strictObject({ latitude: z.string(), longitude: z.string() })
      .meta({ description: 'Decimal degrees.' }),
    timeZone: z.string(),
    tariffId: z
      .string()
      .nullable()
      .meta({ description: 'The tariff of its chargers that have none of their own.' }),
    publish: z.boolean().meta({ description: 'Whether roaming partners may see it.' }),
    createdAt: timeText,
    updatedAt: timeText,
    version: z.int().meta({ description: 'Counts up with every change.' }),
  })
  .meta({ id: 'Location' });

/** A location as the operator API shows it. */
export const locationView = ({ operatorId: _, ...location }: Location) => ({
  ...location,
  postalCode: location.postalCode ?? null,
  tariffId: location.tariffId ?? null,
});
