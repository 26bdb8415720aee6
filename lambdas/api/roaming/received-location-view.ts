import * as z from 'zod';
import { connectorPower } from '../../../core/ocpi/received/connector-power.ts';
import type { HeldEvse } from '../../store/received/held-location.ts';
import type { FoundLocation } from '../../store/received/location-search.ts';
import { timeText } from '../common-schemas.ts';

const kilowatts = (watts: number): number => watts / 1_000;

/** A location of a partner as it is shown. */
export const ReceivedLocationSchema = z
  .strictObject({
    roamingLocationId: z.string(),
    partnerId: z.string(),
    countryCode: z.string(),
    partyId: z.string(),
    locationId: z.string().meta({ description: 'The partner’s id, which commands name.' }),
    name: z.string().nullable(),
    operatorName: z.string().nullable(),
    address: z.string(),
    city: z.string(),
    postalCode: z.string().nullable(),
    country: z.string(),
    coordinates: z.strictObject({ latitude: z.string(), longitude: z.string() }),
    timeZone: z.string().nullable(),
    publish: z.boolean().meta({
      description: 'False: not to be shown to anyone but drivers whom the partner names.',
    }),
    evses: z.int(),
    freeEvses: z.int().meta({ description: 'EVSEs that a driver can use now.' }),
    maxPowerKw: z.number(),
    distanceKm: z
      .number()
      .nullable()
      .meta({ description: 'Where it was searched around a point.' }),
    lastUpdated: timeText,
  })
  .meta({ id: 'RoamingLocation' });

/** Shows a location of a partner. */
export const receivedLocationView = ({ receivedId, from, head, figures, km }: FoundLocation) => ({
  roamingLocationId: receivedId,
  partnerId: from.partnerId,
  countryCode: head.countryCode,
  partyId: head.partyId,
  locationId: head.id,
  name: head.name ?? null,
  operatorName: head.operator?.name ?? null,
  address: head.address,
  city: head.city,
  postalCode: head.postalCode ?? null,
  country: head.country,
  coordinates: { latitude: head.coordinates.latitude, longitude: head.coordinates.longitude },
  timeZone: head.timeZone ?? null,
  publish: head.publish,
  evses: figures.evses,
  freeEvses: figures.free,
  maxPowerKw: kilowatts(figures.powerW),
  distanceKm: km === undefined ? null : Math.round(km * 1_000) / 1_000,
  lastUpdated: head.lastUpdated,
});

/** An EVSE of a partner's location as it is shown. */
export const ReceivedEvseSchema = z
  .strictObject({
    evseUid: z.string().meta({ description: 'The partner’s id, which commands name.' }),
    evseId: z.string().nullable().meta({ description: 'The id that people see.' }),
    status: z.string(),
    capabilities: z.array(z.string()),
    physicalReference: z.string().nullable(),
    connectors: z.array(
      z.strictObject({
        connectorId: z.string(),
        standard: z.string(),
        format: z.string(),
        powerType: z.string(),
        maxPowerKw: z.number(),
        tariffIds: z.array(z.string()),
      }),
    ),
    lastUpdated: timeText,
  })
  .meta({ id: 'RoamingEvse' });

/** Shows an EVSE of a partner's location. */
export const receivedEvseView = ({ evse }: HeldEvse) => ({
  evseUid: evse.uid,
  evseId: evse.evseId ?? null,
  status: evse.status,
  capabilities: [...evse.capabilities],
  physicalReference: evse.physicalReference ?? null,
  connectors: evse.connectors.map((connector) => ({
    connectorId: connector.id,
    standard: connector.standard,
    format: connector.format,
    powerType: connector.powerType,
    maxPowerKw: kilowatts(connectorPower(connector)),
    tariffIds: [...connector.tariffIds],
  })),
  lastUpdated: evse.lastUpdated,
});
