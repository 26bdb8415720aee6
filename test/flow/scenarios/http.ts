import { describe, expect, it } from 'vitest';
import type { Flow } from '../flow.ts';

const security = {
  'cache-control': 'no-store',
  'strict-transport-security': expect.stringContaining('max-age='),
  'x-content-type-options': 'nosniff',
};

/** How the operator API answers over HTTP, from its bundles and behind API Gateway. */
export const httpScenarios = (flow: () => Flow): void => {
  const fetched = async (path: string) => {
    const response = await fetch(`${flow().http}${path}`);
    return { response, text: await response.text(), headers: Object.fromEntries(response.headers) };
  };

  describe('the operator API over HTTP', () => {
    it('the operator API describes itself without a key, as OpenAPI and as a page without scripts', async () => {
      const document = await fetched('/openapi.json');
      const page = await fetched('/docs');

      expect(JSON.parse(document.text)).toMatchObject({ openapi: '3.1.1' });
      expect(page.text).toContain('<!doctype html>');
      expect(page.headers).toMatchObject({
        ...security,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    });

    it('the operator API answers with security headers, both on success and on refusal', async () => {
      for (const [path, status] of [
        ['/health', 200],
        ['/chargers', 401],
        ['/nothing', 404],
      ] as const) {
        const { response, headers } = await fetched(path);
        expect([path, response.status]).toEqual([path, status]);
        expect(headers).toMatchObject(security);
      }
    });

    it('the operator API deletes exactly the token whose id a path names, decoded once', async () => {
      const { operator: client } = flow();
      for (const tokenId of ['K%2F1', 'K 1', 'K+1', 'K#1']) {
        expect((await client.post('/tokens', { tokenId })).status).toBe(201);
      }

      expect((await client.remove('/tokens/K%2F1')).status).toBe(404);
      expect((await client.remove('/tokens/K%252F1')).status).toBe(204);
      for (const tokenId of ['K 1', 'K+1', 'K#1']) {
        const path = `/tokens/${encodeURIComponent(tokenId)}`;
        expect((await client.get(path)).body).toMatchObject({ tokenId });
        expect((await client.remove(path)).status).toBe(204);
      }
    });
  });
};
