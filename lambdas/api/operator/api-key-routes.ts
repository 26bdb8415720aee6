import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { forgetApiKey } from '../../access/authenticate.ts';
import { boundedScopes } from '../../access/bounded-scopes.ts';
import { scopes } from '../../access/scopes.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { time } from '../../http/time-form.ts';
import { newApiKey } from '../../runtime/api-key-text.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { readLocation } from '../../store/locations/locations.ts';
import {
  type ApiKey,
  createApiKey,
  deleteApiKey,
  listApiKeys,
  readApiKey,
  rotateApiKey,
} from '../../store/operators/api-keys.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { id, timeZone } from '../forms.ts';

const mostLocations = 20;

const ApiKeyForm = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: time.nullish(),
  chargerId: id(48).nullish().meta({
    description: 'The wallbox whose sessions this key pushes; they get its tariff and time zone.',
  }),
  tariffId: id(64).nullish().meta({
    description: 'The tariff of pushed sessions where there is no wallbox, or it has none.',
  }),
  timeZone: timeZone.nullish().meta({
    description: 'The time zone of pushed sessions without a wallbox; UTC by default.',
  }),
  locationIds: z.array(id(64)).min(1).max(mostLocations).nullish().meta({
    description:
      'Bounds the key to these locations: it sees and changes their chargers, sessions, CDRs and commands alone, and can have no scope for anything else.',
  }),
});

const RotationForm = z.strictObject({
  previousValidUntil: time.nullish().meta({
    description:
      'Until when the old key is valid at most. It ends when the new one is used first, in any case.',
  }),
});

const apiKeyFields = {
  apiKeyId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: timeText,
  expiresAt: timeText.nullable(),
  chargerId: z.string().nullable(),
  tariffId: z.string().nullable(),
  timeZone: z.string().nullable(),
  locationIds: z.array(z.string()).nullable(),
  lastUsedAt: timeText.nullable().meta({
    description: 'When it was used last, at most an hour behind; null where it never was.',
  }),
};
const ApiKeySchema = z.strictObject(apiKeyFields).meta({ id: 'ApiKey' });
const NewApiKeySchema = z
  .strictObject({
    ...apiKeyFields,
    apiKey: z.string().meta({ description: 'The key itself, shown only once.' }),
  })
  .meta({ id: 'NewApiKey' });

const apiKeyView = (apiKey: ApiKey) => ({
  apiKeyId: apiKey.apiKeyId,
  name: apiKey.name,
  scopes: apiKey.scopes,
  createdAt: apiKey.createdAt,
  expiresAt: apiKey.expiresAt ?? null,
  chargerId: apiKey.chargerId ?? null,
  tariffId: apiKey.tariffId ?? null,
  timeZone: apiKey.timeZone ?? null,
  locationIds: apiKey.locationIds ?? null,
  lastUsedAt: apiKey.lastUsedAt ?? null,
});

/** Finds the locations that a key shall be bounded to; refused where one does not exist, or a scope is about more than them. */
async function boundOf(
  { database, operatorId }: Caller,
  { locationIds, scopes: wanted }: z.output<typeof ApiKeyForm>,
) {
  if (!locationIds) return { kind: 'found', bound: {} } as const;
  const wide = wanted.findIndex((scope) => !boundedScopes.includes(scope));
  if (wide >= 0) {
    const message = `A key that is bounded to locations can have the scopes ${boundedScopes.join(', ')}.`;
    return refused('INVALID_REQUEST', [{ path: `body.scopes.${wide}`, message }]);
  }
  const distinct = [...new Set(locationIds)];
  const found = await Promise.all(distinct.map((one) => readLocation(database, operatorId, one)));
  if (found.includes(undefined)) return refused('LOCATION_NOT_FOUND');
  return { kind: 'found', bound: { locationIds: distinct } } as const;
}

const inPast = (path: string) => {
  const message = 'The time must be in the future.';
  return refused('INVALID_REQUEST', [{ path, message }]);
};

/** Finds what a key names for the sessions that it pushes; refused where the operator does not have it. */
async function pushFactsOf(
  { database, operatorId }: Caller,
  { chargerId, tariffId, timeZone: zone }: z.output<typeof ApiKeyForm>,
) {
  const charger = chargerId
    ? await readCharger(database, chargerKey(operatorId, chargerId))
    : undefined;
  if (chargerId && charger === undefined) return refused('CHARGER_NOT_FOUND');
  if (tariffId && (await latestVersion(database, operatorId, tariffId)) === undefined) {
    return refused('TARIFF_NOT_FOUND');
  }
  return {
    kind: 'found',
    facts: {
      ...(charger === undefined ? {} : { chargerId: charger.chargerId }),
      ...(tariffId ? { tariffId } : {}),
      ...(zone ? { timeZone: zone } : {}),
    },
  } as const;
}

/** The calls about API keys: for administrators only. */
export const apiKeyRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/api-keys',
    summary: 'Creates an API key and shows it once; only a hash of it is stored.',
    scope: 'admin',
    body: ApiKeyForm,
    example: { name: 'Accounting', scopes: ['cdrs:read'], expiresAt: '2027-01-01T00:00:00Z' },
    status: 201,
    response: NewApiKeySchema,
    errors: [
      'INVALID_REQUEST',
      'CHARGER_NOT_FOUND',
      'TARIFF_NOT_FOUND',
      'LOCATION_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      if (body.expiresAt && body.expiresAt <= now) {
        return inPast('body.expiresAt');
      }
      const found = await pushFactsOf(caller, body);
      if (found.kind === 'refused') return found;
      const within = await boundOf(caller, body);
      if (within.kind === 'refused') return within;
      const { apiKeyId, apiKey, hash } = newApiKey();
      const kept: ApiKey = {
        apiKeyId,
        operatorId,
        name: body.name,
        hash,
        scopes: [...new Set(body.scopes)],
        createdAt: now,
        ...(body.expiresAt ? { expiresAt: body.expiresAt } : {}),
        ...found.facts,
        ...within.bound,
      };
      const answer = { ...apiKeyView(kept), apiKey };
      const created = await createApiKey(database, kept, keptPart(keepAnswer, answer));
      return created === 'refused' ? refused('IDEMPOTENCY_KEY_REUSED') : done(answer);
    },
  }),
  listRoute({
    path: '/api-keys',
    summary: 'Lists API keys, without their secrets.',
    scope: 'admin',
    item: ApiKeySchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listApiKeys(database, operatorId, page);
      return { items: items.map(apiKeyView), next };
    },
  }),
  route({
    method: 'POST',
    path: '/api-keys/{apiKeyId}/rotate',
    summary:
      'Gives an API key another secret and shows it once; the old one is valid until the new one is used, or until a date.',
    scope: 'admin',
    body: RotationForm,
    example: { previousValidUntil: '2027-01-01T00:00:00Z' },
    status: 201,
    response: NewApiKeySchema,
    errors: ['INVALID_REQUEST', 'API_KEY_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'API_KEY_CHANGED'],
    repeatable: true,
    run: async (caller, { path: { apiKeyId }, body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      const until = body.previousValidUntil ?? undefined;
      if (until !== undefined && until <= now) return inPast('body.previousValidUntil');
      const kept = await readApiKey(database, apiKeyId, true);
      if (kept?.operatorId !== operatorId) return refused('API_KEY_NOT_FOUND');
      const { apiKey, hash } = newApiKey(apiKeyId);
      const answer = { ...apiKeyView(kept), apiKey };
      const more = keptPart(keepAnswer, answer);
      const rotated = await rotateApiKey(database, kept, hash, until, more);
      if (rotated === 'changed') return refused('API_KEY_CHANGED');
      forgetApiKey(apiKeyId);
      return done(answer);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api-keys/{apiKeyId}',
    summary: 'Deletes an API key; it stops working within seconds.',
    scope: 'admin',
    status: 204,
    errors: ['API_KEY_NOT_FOUND', 'LAST_ADMINISTRATOR_KEY'],
    run: async ({ database, operatorId, now }, { path: { apiKeyId } }) => {
      const deleted = await deleteApiKey(database, operatorId, apiKeyId, now);
      if (deleted === 'last-administrator') return refused('LAST_ADMINISTRATOR_KEY');
      if (deleted === 'absent') return refused('API_KEY_NOT_FOUND');
      forgetApiKey(apiKeyId);
      return doneSilently;
    },
  }),
];
