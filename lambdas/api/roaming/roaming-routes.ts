import * as z from 'zod';
import { mostKm } from '../../../core/ocpi/received/area.ts';
import { leastLetters, wordsOf } from '../../../core/ocpi/received/search-words.ts';
import { type Refused, refused } from '../../http/answer.ts';
import type { LocationSearch } from '../../store/received/location-search.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { id, queryTime } from '../forms.ts';
import { ReceivedCdrSchema, SingleReceivedCdrSchema } from './received-cdr-view.ts';
import { ReceivedEvseSchema, ReceivedLocationSchema } from './received-location-view.ts';
import { ReceivedSessionSchema } from './received-session-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./roaming-calls.ts');

const span = { from: queryTime.optional(), to: queryTime.optional() };

const numberIn = (least: number, most: number) => z.coerce.number().min(least).max(most);

const locationFilters = z.object({
  latitude: numberIn(-90, 90).optional().meta({ description: 'Of the point to search around.' }),
  longitude: numberIn(-180, 180).optional().meta({ description: 'Of the point to search around.' }),
  radiusKm: numberIn(0.1, mostKm)
    .optional()
    .meta({ description: 'Around the point; 5 unless given.' }),
  text: z.string().min(leastLetters).max(100).optional().meta({
    description:
      'Beginnings of words of name, address, city and postal code; one of them has three letters or more.',
  }),
  minPowerKw: numberIn(0, 10_000).optional().meta({ description: 'Only those that give so much.' }),
  free: z.enum(['true', 'false']).optional().meta({
    description: '`true` lists only those with an EVSE that a driver can use now.',
  }),
  partnerId: id(64).optional().meta({ description: 'Only those of this partner.' }),
});

const usualKm = 5;

/** Reads what is searched for; refused where a point is given by half, or no word is long enough to be searched by. */
function searchOf(
  query: z.output<typeof locationFilters>,
): { readonly kind: 'search'; readonly search: LocationSearch } | Refused<'INVALID_REQUEST'> {
  const { latitude, longitude, radiusKm = usualKm, text, minPowerKw, free, partnerId } = query;
  if ((latitude === undefined) !== (longitude === undefined)) {
    const message = 'latitude and longitude belong together.';
    return refused('INVALID_REQUEST', [{ path: 'query.longitude', message }]);
  }
  if (text !== undefined && wordsOf(text).every((word) => word.length < leastLetters)) {
    const message = `One of the words must have ${leastLetters} letters or more.`;
    return refused('INVALID_REQUEST', [{ path: 'query.text', message }]);
  }
  const filters = {
    text,
    free: free === 'true',
    partnerId,
    powerW: minPowerKw === undefined ? undefined : minPowerKw * 1_000,
  };
  return latitude === undefined || longitude === undefined
    ? { kind: 'search', search: filters }
    : { kind: 'search', search: { ...filters, around: { latitude, longitude, km: radiusKm } } };
}

/** The calls about what roaming partners sent us as eMSP. */
export const roamingRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/roaming/locations',
    summary:
      'Lists locations of roaming partners: around a point, the nearest first, or by words, or all. Filters may leave a page with fewer of them than there are.',
    scope: 'partners:read',
    filters: locationFilters.shape,
    item: ReceivedLocationSchema,
    errors: ['INVALID_REQUEST'],
    run: async (caller, { query, page }) => {
      const asked = searchOf(query);
      if (asked.kind === 'refused') return asked;
      return await (await calls()).listLocationsCall(caller, asked.search, page);
    },
  }),
  listRoute({
    path: '/roaming/locations/{roamingLocationId}/evses',
    summary: 'Lists the EVSEs of a location of a roaming partner by their ids, with their status.',
    scope: 'partners:read',
    item: ReceivedEvseSchema,
    errors: ['LOCATION_NOT_FOUND'],
    run: async (caller, { path: { roamingLocationId }, page }) =>
      await (await calls()).listEvsesCall(caller, roamingLocationId, page),
  }),
  listRoute({
    path: '/roaming/sessions',
    summary:
      'Lists sessions of our drivers at roaming partners; those that started last come first.',
    scope: 'partners:read',
    filters: { state: z.enum(['active', 'ended']).optional(), ...span },
    item: ReceivedSessionSchema,
    run: async (caller, { query, page }) =>
      await (await calls()).listSessionsCall(caller, { ...query, ...page }),
  }),
  listRoute({
    path: '/roaming/cdrs',
    summary:
      'Lists CDRs of roaming partners with our verdict on each; those of the sessions that ended last come first.',
    scope: 'partners:read',
    filters: {
      verdict: z.enum(['agrees', 'differs', 'unpriced']).optional().meta({
        description: '`differs` lists what is to be disputed.',
      }),
      partnerId: id(64).optional().meta({ description: 'Only those of this partner.' }),
      accountId: id(64).optional().meta({ description: 'Only those of the drivers of it.' }),
      ...span,
    },
    item: ReceivedCdrSchema,
    run: async (caller, { query, page }) =>
      await (await calls()).listCdrsCall(caller, { ...query, ...page }),
  }),
  route({
    method: 'GET',
    path: '/roaming/cdrs/{roamingCdrId}',
    summary: 'Returns a CDR of a roaming partner with our price and every difference.',
    scope: 'partners:read',
    response: SingleReceivedCdrSchema,
    errors: ['CDR_NOT_FOUND'],
    run: async (caller, { path: { roamingCdrId } }) =>
      await (await calls()).readCdrCall(caller, roamingCdrId),
  }),
  route({
    method: 'POST',
    path: '/roaming/cdrs/{roamingCdrId}/check',
    summary:
      'Checks a CDR of a roaming partner again by what is known now, as when its tariff came after it.',
    scope: 'partners:write',
    response: SingleReceivedCdrSchema,
    errors: ['CDR_NOT_FOUND'],
    run: async (caller, { path: { roamingCdrId } }) =>
      await (await calls()).checkCdrCall(caller, roamingCdrId),
  }),
];
