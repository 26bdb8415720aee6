import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { forgetApiKey } from '../../access/authenticate.ts';
import { scopes } from '../../access/scopes.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { time } from '../../http/time-form.ts';
import { newApiKey } from '../../runtime/api-key-text.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import {
  type ApiKey,
  createApiKey,
  deleteApiKey,
  listApiKeys,
} from '../../store/operators/api-keys.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { id, timeZone } from '../forms.ts';

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
});

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
    errors: ['INVALID_REQUEST', 'CHARGER_NOT_FOUND', 'TARIFF_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      if (body.expiresAt && body.expiresAt <= now) {
        const message = 'The expiry time must be in the future.';
        return refused('INVALID_REQUEST', [{ path: 'body.expiresAt', message }]);
      }
      const found = await pushFactsOf(caller, body);
      if (found.kind === 'refused') return found;
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
