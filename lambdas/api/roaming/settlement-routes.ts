import * as z from 'zod';
import { type ApiRoute, route } from '../api-route.ts';
import { SettlementSchema } from './settlement-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./settlement-calls.ts');

const errors = ['INVALID_REQUEST', 'PARTNER_NOT_FOUND', 'SETTLEMENT_TOO_LARGE'] as const;

/** The settlements with roaming partners, in three forms. */
export const settlementRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/partners/{partnerId}/settlements/{month}',
    summary:
      'Returns what we and a roaming partner owe each other for the sessions that ended in a month (UTC): each CDR, and the sums by direction, currency and VAT rate.',
    scope: 'partners:read',
    response: SettlementSchema,
    errors,
    run: async (caller, { path }) => await (await calls()).settlementCall(caller, path),
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}/settlements/{month}/csv',
    summary: 'Returns the sums of a settlement as CSV.',
    scope: 'partners:read',
    response: z.string().meta({ examples: ['partnerId,direction,month,…'] }),
    mediaType: 'text/csv',
    errors,
    run: async (caller, { path }) => await (await calls()).settlementCsvCall(caller, path),
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}/settlements/{month}/page',
    summary: 'Returns a settlement as a page to be printed.',
    scope: 'partners:read',
    response: z.string().meta({ examples: ['<!doctype html>…'] }),
    mediaType: 'text/html',
    errors,
    run: async (caller, { path }) => await (await calls()).settlementPageCall(caller, path),
  }),
];
