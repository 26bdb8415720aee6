import '../quiet.ts';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { openRoutes } from '../../../lambdas/api/open-routes.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { openPage } from '../../open-page.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];

/** Serves the calls that need no key, with the headers that they have. */
const serve = async (): Promise<Server> => {
  const server = createServer(async ({ url }, response) => {
    const route = openRoutes.find(({ path }) => path === url);
    if (route === undefined) return response.writeHead(404).end();
    const served = { ...route, kind: 'done', status: 200, body: await route.answer() } as const;
    const { statusCode = 500, headers = {}, body } = httpResponse(served, apiErrors);
    return response.writeHead(statusCode, headers as Record<string, string>).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

const widths = [
  ['a phone', 390],
  ['a desk', 1280],
] as const;

describe.skipIf(!existsSync(executablePath))(
  'GET /docs in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
  () => {
    let server: Server;
    let browser: Browser;
    let address: string;

    beforeAll(async () => {
      server = await serve();
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });

    afterAll(async () => {
      await browser.close();
      server.close();
    });

    /** Opens the page; gives everything that it complains about and asks for besides. */
    const open = async (width: number) => {
      const page = await openPage(browser, { viewport: { width, height: 900 } });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== `${address}/docs`) complaints.push(request.url());
      });
      await page.goto(`${address}/docs`);
      return { page, complaints };
    };

    const openCalls = async (page: Page): Promise<void> => {
      await page.evaluate(
        'for (const one of document.querySelectorAll("details")) one.open = true',
      );
    };

    it.each(widths)(
      'the page shows itself at the width of %s (%i px) with nothing to scroll sideways, breaks no rule of its policy and asks for nothing else',
      async (name, width) => {
        const { page, complaints } = await open(width);
        if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
        const overflow = 'document.documentElement.scrollWidth - window.innerWidth';

        expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
        await page.locator('details.call > summary').nth(5).click();
        if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-call.png` });
        await openCalls(page);
        expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        await page.close();
      },
    );

    it('a reader comes from the list of groups to a call, and from there to the schema of its answer', async () => {
      const { page } = await open(1280);

      expect(await page.locator('details.call').count()).toBeGreaterThan(routes.length);
      await page.locator('nav a', { hasText: 'tokens' }).click();
      const call = page.locator('#tokens details.call', { hasText: 'Returns a token.' });
      await call.locator('> summary').click();
      await call.locator('a', { hasText: 'Token' }).first().click();
      expect(page.url()).toBe(`${address}/docs#schema-Token`);
      expect(await page.locator('#schema-Token').isVisible()).toBe(true);
      await page.close();
    });
  },
);
