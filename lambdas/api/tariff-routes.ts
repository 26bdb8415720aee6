import * as z from 'zod';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { lintTariff } from '../../core/tariff/validate/lint-tariff.ts';
import { newId } from '../runtime/new-id.ts';
import {
  listTariffs,
  readTariff,
  type TariffVersion,
  writeTariffVersion,
} from '../store/tariffs.ts';
import { type ApiAnswer, done, refused } from './api-answer.ts';
import { listQuery, noBody, noQuery } from './forms.ts';
import { listRequest } from './list-request.ts';
import { type Caller, type Route, route } from './route.ts';
import { type StatedTariff, TariffChange, TariffForm } from './tariff-form.ts';
import { previewTariff } from './tariff-preview.ts';
import { PreviewForm } from './tariff-preview-form.ts';
import { problemsOf, termsOf } from './tariff-terms.ts';

const tariffView = ({ tariff, createdAt }: TariffVersion) => ({ ...tariff, createdAt });

/** The version of a tariff that is to be made. */
type Next = Pick<Tariff, 'tariffId' | 'version'> & { readonly createdAt: string };

async function keepVersion(
  { database, operatorId }: Caller,
  { createdAt, ...next }: Next,
  form: StatedTariff,
): Promise<ApiAnswer> {
  const problems = problemsOf(form);
  if (problems.length > 0) return refused('INVALID_TARIFF', problems);
  const tariff: Tariff = { ...next, ...termsOf(form) };
  const kept = { createdAt, tariff };
  const written = await writeTariffVersion(database, operatorId, kept);
  if (written === 'conflict') return refused('TARIFF_CHANGED');
  const warnings = lintTariff(tariff);
  return done({ ...tariffView(kept), warnings }, next.version === 1 ? 201 : 200);
}

async function changeTariff(
  caller: Caller,
  tariffId: string,
  form: z.infer<typeof TariffChange>,
): Promise<ApiAnswer> {
  const latest = await readTariff(caller.database, caller.operatorId, tariffId);
  if (latest === undefined) return refused('TARIFF_NOT_FOUND');
  const { version } = latest.tariff;
  if (form.tariffId !== undefined && form.tariffId !== tariffId) {
    const message = 'The id in the body is not the one in the path.';
    return refused('INVALID_REQUEST', [{ path: 'body.tariffId', message }]);
  }
  if (form.version !== undefined && form.version !== version) return refused('TARIFF_CHANGED');
  // The moment of a version decides for which sessions it holds: no version may lie before the one that it follows.
  const isBehind = caller.now < latest.createdAt;
  const createdAt = isBehind ? latest.createdAt : caller.now;
  return await keepVersion(caller, { tariffId, version: version + 1, createdAt }, form);
}

/** The calls about tariffs: every change makes a new version, and old sessions keep theirs. */
export const tariffRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/tariffs',
    summary:
      'Makes a tariff: simple, flat, idle, time-of-use, tiered or free, or full with the elements of OCPI.',
    scope: 'tariffs:write',
    query: noQuery,
    body: TariffForm,
    run: async (caller, { body }) => {
      const first = { tariffId: newId('tar'), version: 1, createdAt: caller.now };
      return await keepVersion(caller, first, body);
    },
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
    summary:
      'Makes a new version of a tariff; sessions that began before keep theirs. A version in the body must be the latest one.',
    scope: 'tariffs:write',
    query: noQuery,
    body: TariffChange,
    run: async (caller, { path, body }) => await changeTariff(caller, path['tariffId'] ?? '', body),
  }),
  route({
    method: 'POST',
    path: '/tariffs/{tariffId}/preview',
    summary:
      'Prices a described session under a tariff, line by line, the way that a real one is priced. Nothing is kept.',
    scope: 'tariffs:read',
    query: noQuery,
    body: PreviewForm,
    run: async (caller, { path, body }) =>
      await previewTariff(caller, path['tariffId'] ?? '', body),
  }),
];
