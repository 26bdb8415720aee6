import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import type { Services } from '../../../lambdas/api/services.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';
import { matched } from '../http-event.ts';

/** The API over HTTP on this machine, for browsers. */
export async function servePages(
  database: Database,
  services: Services,
): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = createServer(async ({ url = '/', method = 'GET', headers }, response) => {
    const { routeKey, pathParameters, queryStringParameters } = matched(method, url);
    const request = { routeKey, path: pathParameters, query: queryStringParameters };
    const { accept, authorization } = headers;
    const asked = {
      ...request,
      headers: { accept, authorization },
      body: undefined,
      base64: false,
    };
    const { statusCode = 500, ...answer } = httpResponse(
      await answerRequest(database, asked, Date.now(), services),
      apiErrors,
    );
    response.writeHead(statusCode, answer.headers as Record<string, string>);
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Looks at a page as a reader with a screen reader, a small screen or a keyboard would. */
export async function expectUsable(page: Page): Promise<void> {
  const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
  expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run()')) as {
    readonly violations: readonly { readonly id: string; readonly nodes: readonly object[] }[];
  };
  expect(found.violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
}
