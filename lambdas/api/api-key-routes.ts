import * as z from 'zod';
import { newApiKey } from '../runtime/api-key-text.ts';
import { type ApiKey, createApiKey, deleteApiKey, listApiKeys } from '../store/api-keys.ts';
import { done, doneSilently, refused } from './api-answer.ts';
import { forgetApiKey } from './authenticate.ts';
import { listQuery, noBody, noQuery, time } from './forms.ts';
import { listRequest } from './list-request.ts';
import { type Route, route } from './route.ts';
import { scopes } from './scopes.ts';

const ApiKeyForm = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: time.nullish(),
});

const apiKeyView = (apiKey: ApiKey) => ({
  apiKeyId: apiKey.apiKeyId,
  name: apiKey.name,
  scopes: apiKey.scopes,
  createdAt: apiKey.createdAt,
  expiresAt: apiKey.expiresAt ?? null,
});

/** The calls about API keys: for administrators only. */
export const apiKeyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api-keys',
    summary: 'Makes an API key and shows it, once; only a hash of it is kept.',
    scope: 'admin',
    query: noQuery,
    body: ApiKeyForm,
    run: async ({ database, operatorId, now }, { body }) => {
      if (body.expiresAt && body.expiresAt <= now) {
        const message = 'The key would have expired already.';
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
      return done({ ...apiKeyView(kept), apiKey }, 201);
    },
  }),
  route({
    method: 'GET',
    path: '/api-keys',
    summary: 'Lists API keys, without their secrets.',
    scope: 'admin',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async ({ database, operatorId }, { query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const page = await listApiKeys(database, operatorId, request);
      return done({ items: page.items.map(apiKeyView), nextCursor: page.nextCursor });
    },
  }),
  route({
    method: 'DELETE',
    path: '/api-keys/{apiKeyId}',
    summary: 'Deletes an API key; it stops working within seconds.',
    scope: 'admin',
    query: noQuery,
    body: noBody,
    run: async ({ database, operatorId }, { path }) => {
      const apiKeyId = path['apiKeyId'] ?? '';
      const deleted = await deleteApiKey(database, operatorId, apiKeyId);
      if (deleted === 'absent') return refused('API_KEY_NOT_FOUND');
      forgetApiKey(apiKeyId);
      return doneSilently;
    },
  }),
];
