import type * as z from 'zod';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import {
  changeLocation,
  createLocation,
  deleteLocation,
  type Location,
  type LocationChange,
  listLocations,
  type RemovableFact,
  readLocation,
} from '../../store/locations/locations.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { strangeOwner } from '../partners/strange-owner.ts';
import { EvseSchema, listEvses } from './location-evses.ts';
import { LocationChangeForm, LocationForm } from './location-form.ts';
import { LocationSchema, locationView, SingleLocationSchema } from './location-view.ts';

const hasTariff = async ({ database, operatorId }: Caller, tariffId: string | null | undefined) =>
  tariffId == null || (await latestVersion(database, operatorId, tariffId)) !== undefined;

/** EVSEs that a location shows by itself. */
const evsesShown = 50;

function changeOf({ version: _, ...facts }: z.output<typeof LocationChangeForm>): LocationChange {
  const entries = Object.entries(facts);
  return {
    set: Object.fromEntries(entries.filter(([, value]) => value !== null)),
    // The form takes null for these alone.
    remove: entries.flatMap(([name, value]) => (value === null ? [name as RemovableFact] : [])),
  };
}

/** The calls about locations. */
export const locationRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/locations',
    summary:
      'Creates a location: a site whose chargers share its time zone and its tariff, where they have none of their own.',
    scope: 'locations:write',
    body: LocationForm,
    example: {
      name: 'Car park at the station',
      address: 'Bahnhofstraße 1',
      city: 'Freiburg',
      postalCode: '79098',
      country: 'DEU',
      coordinates: { latitude: '47.99771', longitude: '7.84149' },
      timeZone: 'Europe/Berlin',
      tariffId: 'tar_4k2q7x3m5n6p8r9s',
    },
    status: 201,
    response: LocationSchema,
    errors: ['TARIFF_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      if (!(await hasTariff(caller, body.tariffId))) return refused('TARIFF_NOT_FOUND');
      const strange = await strangeOwner(caller, body.party, 'CPO');
      if (strange !== undefined) return strange;
      const { database, operatorId, now } = caller;
      const location: Location = omitUndefined({
        locationId: newId('loc'),
        operatorId,
        ...body,
        createdAt: now,
        updatedAt: now,
        version: 1,
      });
      const answer = locationView(location);
      const created = await createLocation(database, location, keptPart(keepAnswer, answer));
      return created === 'refused' ? refused('IDEMPOTENCY_KEY_REUSED') : done(answer);
    },
  }),
  listRoute({
    path: '/locations',
    summary: 'Lists locations by id.',
    scope: 'locations:read',
    item: LocationSchema,
    run: async ({ database, operatorId, locationIds }, { page }) => {
      const { items, next } = await listLocations(database, operatorId, page);
      // A page of a key that is bounded to locations may have fewer of them, and is then followed by others.
      const within = items.filter((one) => locationIds?.includes(one.locationId) ?? true);
      return { items: within.map(locationView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/locations/{locationId}',
    summary: 'Returns a location with its EVSEs and their status.',
    scope: 'locations:read',
    response: SingleLocationSchema,
    errors: ['LOCATION_NOT_FOUND'],
    run: async (caller, { path: { locationId } }) => {
      const location = await readLocation(caller.database, caller.operatorId, locationId);
      if (location === undefined) return refused('LOCATION_NOT_FOUND');
      const { items, next } = await listEvses(caller, locationId, { limit: evsesShown });
      return done({ ...locationView(location), evses: [...items], moreEvses: next !== null });
    },
  }),
  listRoute({
    path: '/locations/{locationId}/evses',
    summary: 'Lists the EVSEs of a location with their status, by charger.',
    scope: 'locations:read',
    item: EvseSchema,
    errors: ['LOCATION_NOT_FOUND'],
    run: async (caller, { path: { locationId }, page }) => {
      const location = await readLocation(caller.database, caller.operatorId, locationId);
      return location === undefined
        ? refused('LOCATION_NOT_FOUND')
        : await listEvses(caller, locationId, page);
    },
  }),
  route({
    method: 'PATCH',
    path: '/locations/{locationId}',
    summary:
      'Changes a location; its tariff and time zone hold from the next session of each charger on. null removes a value.',
    scope: 'locations:write',
    body: LocationChangeForm,
    example: { tariffId: 'tar_4k2q7x3m5n6p8r9s', postalCode: null },
    response: LocationSchema,
    errors: ['LOCATION_NOT_FOUND', 'TARIFF_NOT_FOUND', 'LOCATION_CHANGED'],
    run: async (caller, { path: { locationId }, body }) => {
      if (!(await hasTariff(caller, body.tariffId))) return refused('TARIFF_NOT_FOUND');
      const strange = await strangeOwner(caller, body.party, 'CPO');
      if (strange !== undefined) return strange;
      const { database, operatorId, now } = caller;
      const changed = await changeLocation(database, { operatorId, locationId }, changeOf(body), {
        updatedAt: now,
        version: body.version,
      });
      if (changed === 'absent') return refused('LOCATION_NOT_FOUND');
      return changed === 'changed' ? refused('LOCATION_CHANGED') : done(locationView(changed));
    },
  }),
  route({
    method: 'DELETE',
    path: '/locations/{locationId}',
    summary: 'Deletes a location without chargers.',
    scope: 'locations:write',
    status: 204,
    errors: ['LOCATION_NOT_FOUND', 'LOCATION_HAS_CHARGERS'],
    run: async ({ database, operatorId }, { path: { locationId } }) => {
      const { items, next } = await listChargersOfLocation(database, operatorId, locationId, {
        limit: 1,
      });
      // The first entry may be of a charger that has just gone, and others follow.
      if (items.length > 0 || next !== null) return refused('LOCATION_HAS_CHARGERS');
      return (await deleteLocation(database, operatorId, locationId)) === 'absent'
        ? refused('LOCATION_NOT_FOUND')
        : doneSilently;
    },
  }),
];
