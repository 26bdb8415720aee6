import * as z from 'zod';
import { dayOfDate } from '../../../core/units/local-time.ts';
import { done, refused } from '../../http/answer.ts';
import { listRollups } from '../../store/analytics/list-rollups.ts';
import { readLocation } from '../../store/locations/locations.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { month } from '../forms.ts';
import { locationMonth } from './location-month.ts';
import { ChargerRollupSchema, LocationMonthSchema, RollupSchema } from './rollup-schema.ts';
import { rollupView } from './rollup-view.ts';
import { withUtilisation } from './with-utilisation.ts';

const date = z
  .string()
  .max(10)
  .refine((text) => dayOfDate(text) !== undefined, {
    message: 'The value must be a date, as in 2026-03-14.',
  });

/** Groups that are summed by month, as a path names them. */
const monthly = {
  locations: 'location',
  tariffs: 'tariff',
  accounts: 'account',
  'promo-codes': 'promoCode',
} as const;

const ofMonth = {
  month: month.optional().meta({ description: 'The current month in UTC unless given.' }),
};

const monthlyRoute = (path: keyof typeof monthly): ApiRoute =>
  listRoute({
    path: `/analytics/${path}`,
    summary: `Lists revenue, energy, sessions and times of a month by ${path.replace('-', ' ').replace(/s$/, '')}.`,
    scope: 'cdrs:read',
    filters: ofMonth,
    item: RollupSchema,
    run: async ({ database, operatorId, now }, { query, page }) => {
      const range = { by: monthly[path], month: query.month ?? now.slice(0, 7) };
      const { items, next } = await listRollups(database, operatorId, range, page);
      return { items: items.map(rollupView), next };
    },
  });

/** The calls about what all sealed CDRs add up to. */
export const analyticsRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/analytics/days',
    summary: 'Lists revenue, energy, sessions and times by the day on which sessions ended.',
    scope: 'cdrs:read',
    filters: { from: date.optional(), to: date.optional() },
    item: RollupSchema,
    run: async ({ database, operatorId }, { query, page }) => {
      const { items, next } = await listRollups(
        database,
        operatorId,
        { by: 'day', ...query },
        page,
      );
      return { items: items.map(rollupView), next };
    },
  }),
  listRoute({
    path: '/analytics/months',
    summary: 'Lists revenue, energy, sessions and times by the month in which sessions ended.',
    scope: 'cdrs:read',
    filters: { from: month.optional(), to: month.optional() },
    item: RollupSchema,
    run: async ({ database, operatorId }, { query, page }) => {
      const range = { by: 'month', ...query } as const;
      const { items, next } = await listRollups(database, operatorId, range, page);
      return { items: items.map(rollupView), next };
    },
  }),
  listRoute({
    path: '/analytics/chargers',
    summary: 'Lists revenue, energy, sessions, times and utilisation of a month by charger.',
    scope: 'cdrs:read',
    filters: ofMonth,
    item: ChargerRollupSchema,
    run: async (caller, { query, page }) => {
      const { database, operatorId, now } = caller;
      const asked = query.month ?? now.slice(0, 7);
      const range = { by: 'charger', month: asked } as const;
      const { items, next } = await listRollups(database, operatorId, range, page);
      return { items: await withUtilisation(caller, items, asked), next };
    },
  }),
  ...(['locations', 'tariffs', 'accounts', 'promo-codes'] as const).map(monthlyRoute),
  route({
    method: 'GET',
    path: '/analytics/locations/{locationId}',
    summary: 'Returns revenue, energy, sessions, times and utilisation of a location in a month.',
    scope: 'cdrs:read',
    query: z.strictObject(ofMonth),
    response: LocationMonthSchema,
    errors: ['LOCATION_NOT_FOUND'],
    run: async (caller, { path, query }) => {
      const { database, operatorId, now } = caller;
      if ((await readLocation(database, operatorId, path.locationId)) === undefined)
        return refused('LOCATION_NOT_FOUND');
      return done(await locationMonth(caller, path.locationId, query.month ?? now.slice(0, 7)));
    },
  }),
];
