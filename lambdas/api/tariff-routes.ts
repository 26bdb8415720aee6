import * as z from 'zod';
import { lintTariff } from '../../core/tariff/lint-tariff.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { newId } from '../edge/new-id.ts';
import {
  latestVersion,
  listTariffs,
  readTariff,
  type TariffVersion,
  writeTariffVersion,
} from '../store/tariffs.ts';
import { type ApiAnswer, done, refused } from './api-answer.ts';
import { listQuery, noBody, noQuery } from './forms.ts';
import { listRequest } from './list-request.ts';
import { type Caller, type Route, route } from './route.ts';
import { problemsOf, TariffForm, termsOf } from './tariff-form.ts';

const tariffView = ({ tariff, createdAt }: TariffVersion) => ({ ...tariff, createdAt });

async function keepVersion(
  { database, operatorId, now }: Caller,
  tariffId: string,
  version: number,
  form: z.infer<typeof TariffForm>,
): Promise<ApiAnswer> {
  const problems = problemsOf(form);
  if (problems.length > 0) return refused('INVALID_TARIFF', problems);
  const tariff: Tariff = { tariffId, version, ...termsOf(form) };
  const kept = { createdAt: now, tariff };
  const written = await writeTariffVersion(database, operatorId, kept);
  if (written === 'conflict') return refused('TARIFF_CHANGED');
  const warnings = lintTariff(tariff);
  return done({ ...tariffView(kept), warnings }, version === 1 ? 201 : 200);
}

/** The calls about tariffs: every change makes a new version, and old sessions keep theirs. */
export const tariffRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/tariffs',
    summary: 'Makes a tariff, from the short form or from OCPI elements.',
    scope: 'tariffs:write',
    query: noQuery,
    body: TariffForm,
    run: async (caller, { body }) => await keepVersion(caller, newId('tar'), 1, body),
  }),
  route({
    method: 'GET',
    path: '/tariffs',
    summary: 'Lists tariffs by id, each in its latest version.',
    scope: 'tariffs:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async ({ database, operatorId }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const page = await listTariffs(database, operatorId, request);
      return done({ items: page.items.map(tariffView), nextCursor: page.nextCursor });
    },
  }),
  route({
    method: 'GET',
    path: '/tariffs/{tariffId}',
    summary: 'Shows a tariff in its latest version.',
    scope: 'tariffs:read',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const version = await readTariff(database, operatorId, path['tariffId'] ?? '');
      return version === undefined ? refused('TARIFF_NOT_FOUND') : done(tariffView(version));
    },
  }),
  route({
    method: 'PUT',
    path: '/tariffs/{tariffId}',
    summary: 'Makes a new version of a tariff; sessions that began before keep theirs.',
    scope: 'tariffs:write',
    query: noQuery,
    body: TariffForm,
    run: async (caller, { path, body }) => {
      const tariffId = path['tariffId'] ?? '';
      const latest = await latestVersion(caller.database, caller.operatorId, tariffId);
      return latest === undefined
        ? refused('TARIFF_NOT_FOUND')
        : await keepVersion(caller, tariffId, latest + 1, body);
    },
  }),
];
