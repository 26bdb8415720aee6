import * as z from 'zod';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { newApiKey } from '../../runtime/api-key-text.ts';
import {
  type ApiKey,
  createApiKey,
  deleteApiKey,
  listApiKeys,
} from '../../store/operators/api-keys.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { forgetApiKey } from '../authenticate.ts';
import { timeText } from '../common-schemas.ts';
import { time } from '../forms.ts';
import { scopes } from '../scopes.ts';

const ApiKeyForm = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: time.nullish(),
});

const apiKeyFields = {
  apiKeyId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: timeText,
  expiresAt: timeText.nullable(),
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
});

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
    errors: ['INVALID_REQUEST'],
    run: async ({ database, operatorId, now }, { body }) => {
      if (body.expiresAt && body.expiresAt <= now) {
        const message = 'The expiry time must be in the future.';
        return refused('INVALID_REQUEST', [{ path: 'body.expiresAt', message }]);
      }
      const { apiKeyId, apiKey, hash } = newApiKey();
      const kept: ApiKey = {
        apiKeyId,
        operatorId,
        name: body.name,
        hash,
        scopes: [...new Set(body.scopes)],
        createdAt: now,
        ...(body.expiresAt ? { expiresAt: body.expiresAt } : {}),
      };
      await createApiKey(database, kept);
      return done({ ...apiKeyView(kept), apiKey });
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
