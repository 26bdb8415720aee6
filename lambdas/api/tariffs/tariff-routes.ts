import type * as z from 'zod';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { lintFreeTariff, lintTariff } from '../../../core/tariff/validate/lint-tariff.ts';
import { done, refused } from '../../http/answer.ts';
import type { IsSeen } from '../../http/entity-tag.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import {
  listTariffs,
  readTariff,
  type TariffVersion,
  writeTariffVersion,
} from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { PreviewSchema } from './price-schema.ts';
import { type StatedTariff, TariffChange, TariffForm } from './tariff-form.ts';
import { PreviewForm } from './tariff-preview-form.ts';
import { TariffSchema, WrittenTariffSchema } from './tariff-schema.ts';
import { problemsOf, termsOf } from './tariff-terms.ts';

const tariffView = ({ tariff, createdAt }: TariffVersion) => ({ ...tariff, createdAt });

/** The version of a tariff that is to be made. */
type Next = Pick<Tariff, 'tariffId' | 'version'> & { readonly createdAt: string };

async function keepVersion(
  { database, operatorId }: Caller,
  { createdAt, ...next }: Next,
  form: StatedTariff,
  keepAnswer?: KeepAnswer,
) {
  const problems = problemsOf(form);
  if (problems.length > 0) return refused('INVALID_TARIFF', problems);
  const tariff: Tariff = { ...next, ...termsOf(form) };
  const kept = { createdAt, tariff };
  const warnings = [...lintTariff(tariff), ...(form.kind === 'free' ? [] : lintFreeTariff(tariff))];
  const answer = { ...tariffView(kept), warnings };
  const more = keptPart(keepAnswer, answer);
  const written = await writeTariffVersion(database, operatorId, kept, more);
  return written === 'conflict' ? refused('TARIFF_CHANGED') : done(answer);
}

async function changeTariff(
  caller: Caller,
  tariffId: string,
  form: z.infer<typeof TariffChange>,
  isSeen: IsSeen | undefined,
) {
  const latest = await readTariff(caller.database, caller.operatorId, tariffId);
  if (latest === undefined) return refused('TARIFF_NOT_FOUND');
  const { version } = latest.tariff;
  if (form.tariffId !== undefined && form.tariffId !== tariffId) {
    const message = 'The id in the body differs from the one in the path.';
    return refused('INVALID_REQUEST', [{ path: 'body.tariffId', message }]);
  }
  if (form.version !== undefined && form.version !== version) return refused('TARIFF_CHANGED');
  if (isSeen?.(tariffView(latest)) === false) return refused('PRECONDITION_FAILED');
  // The moment of a version decides for which sessions it holds: no version may lie before the one that it follows.
  const isBehind = caller.now < latest.createdAt;
  const createdAt = isBehind ? latest.createdAt : caller.now;
  const kept = await keepVersion(caller, { tariffId, version: version + 1, createdAt }, form);
  const isLate = kept.kind === 'refused' && kept.code === 'TARIFF_CHANGED';
  return isLate && isSeen !== undefined ? refused('PRECONDITION_FAILED') : kept;
}

/** The calls about tariffs: every change makes a new version, and old sessions keep theirs. */
export const tariffRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/tariffs',
    summary:
      'Creates a tariff of any kind: simple, flat, idle, time-of-use, tiered or free, or full with OCPI elements.',
    scope: 'tariffs:write',
    body: TariffForm,
    example: {
      kind: 'simple',
      name: 'Street',
      currency: 'EUR',
      perKwh: '0.49',
      vatPercent: '19',
    },
    status: 201,
    response: WrittenTariffSchema,
    errors: ['INVALID_TARIFF', 'TARIFF_CHANGED'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const first = { tariffId: newId('tar'), version: 1, createdAt: caller.now };
      return await keepVersion(caller, first, body, keepAnswer);
    },
  }),
  listRoute({
    path: '/tariffs',
    summary: 'Lists tariffs by id, each in its latest version.',
    scope: 'tariffs:read',
    item: TariffSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listTariffs(database, operatorId, page);
      return { items: items.map(tariffView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/tariffs/{tariffId}',
    summary: 'Returns a tariff in its latest version.',
    scope: 'tariffs:read',
    response: TariffSchema,
    errors: ['TARIFF_NOT_FOUND'],
    versioned: [],
    run: async ({ database, operatorId }, { path: { tariffId } }) => {
      const version = await readTariff(database, operatorId, tariffId);
      return version === undefined ? refused('TARIFF_NOT_FOUND') : done(tariffView(version));
    },
  }),
  route({
    method: 'PUT',
    path: '/tariffs/{tariffId}',
    summary:
      'Creates a new version of a tariff; sessions that started earlier keep theirs. A version in the body must be the latest one.',
    scope: 'tariffs:write',
    body: TariffChange,
    example: {
      kind: 'simple',
      name: 'Street',
      currency: 'EUR',
      perKwh: '0.45',
      vatPercent: '19',
      version: 1,
    },
    response: WrittenTariffSchema,
    errors: [
      'TARIFF_NOT_FOUND',
      'INVALID_REQUEST',
      'INVALID_TARIFF',
      'TARIFF_CHANGED',
      'PRECONDITION_FAILED',
    ],
    versioned: ['warnings'],
    run: async (caller, { path: { tariffId }, body, isSeen }) =>
      await changeTariff(caller, tariffId, body, isSeen),
  }),
  route({
    method: 'POST',
    path: '/tariffs/{tariffId}/preview',
    summary:
      'Prices a described session under a tariff line by line, in the same way as a real one. Nothing is stored.',
    scope: 'tariffs:read',
    body: PreviewForm,
    example: {
      startedAt: '2026-04-13T16:00:00',
      timeZone: 'Europe/Berlin',
      durationMinutes: 120,
      idleMinutes: 30,
      energyKwh: 14.5,
    },
    response: PreviewSchema,
    errors: ['TARIFF_NOT_FOUND', 'TARIFF_VERSION_NOT_FOUND', 'INVALID_REQUEST'],
    run: async (caller, { path: { tariffId }, body }) => {
      // Loaded when needed: it prices.
      const { previewTariff } = await import('./tariff-preview.ts');
      return await previewTariff(caller, tariffId, body);
    },
  }),
];
