import '../quiet.ts';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { openPage } from '../../open-page.ts';
import { charge, openSignedSite, registerKey, signedEnds } from '../cdr/signed-plant.ts';
import { matched } from '../http-event.ts';
import type { Body } from '../plant.ts';
import { testServices } from '../test-services.ts';
import type { TestSite } from '../test-site.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  ['a phone', 390, 'light'],
  ['a phone in the dark', 390, 'dark'],
  ['a desk', 1280, 'light'],
] as const;

describe.skipIf(!existsSync(executablePath))(
  'a receipt in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
  () => {
    let site: TestSite;
    let server: Server;
    let browser: Browser;
    let address: string;
    let path: string;
    /** Changes the page on its way, as a forger would. */
    let forge: (body: string) => string = (body) => body;

    beforeAll(async () => {
      process.env['FILES_URL'] = 'https://api.example';
      site = await openSignedSite();
      await site.call('PUT', '/settings', {
        issuer: {
          ...{
            name: 'Stadtwerke Musterstadt Elektromobilität GmbH',
            addressLines: ['Lindenstraße 7'],
          },
          ...{ postalCode: '10969', city: 'Berlin', country: 'DEU', vatId: 'DE123456789' },
          // As wide as any word may be: it breaks, and moves nothing to the side.
          registration: `Amtsgericht Charlottenburg, ${'HRB12345'.repeat(20)}`,
        },
      });
      const charger = await site.register();
      await registerKey(site, charger, { connectorId: 1 });
      const cdr = (await charge(site, charger, signedEnds())) as Body;
      const made = await site.call('POST', `/cdrs/${cdr['cdrId']}/receipt`);
      path = new URL(String(made.body['receiptUrl'])).pathname;
      server = createServer(async ({ url = '/', headers }, response) => {
        const { routeKey, pathParameters, queryStringParameters } = matched('GET', url);
        const request = { routeKey, path: pathParameters, query: queryStringParameters };
        const asked = { ...request, headers, body: undefined, base64: false };
        const { statusCode = 500, ...answer } = httpResponse(
          await answerRequest(
            site.database,
            { ...asked, headers: { accept: headers.accept } },
            Date.now(),
            testServices,
          ),
          apiErrors,
        );
        response.writeHead(statusCode, answer.headers as Record<string, string>);
        response.end(forge(answer.body ?? ''));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });

    afterAll(async () => {
      await browser.close();
      server.close();
      await site.close();
    });

    /** Opens the receipt; gives everything that the page complains about, and every address that it asks for. */
    const open = async (width: number, colorScheme: 'light' | 'dark') => {
      const page = await openPage(browser, { viewport: { width, height: 900 }, colorScheme });
      const complaints: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${address}${path}`);
      await page.locator('#verdict.good, #verdict.bad').waitFor();
      return { page, complaints, asked };
    };

    it.each(looks)(
      'the page verifies the signed values by itself at the width of %s (%i px), %s, has nothing to scroll sideways and asks nobody else',
      async (name, width, colorScheme) => {
        const { page, complaints, asked } = await open(width, colorScheme);
        expect(await page.locator('dl').first().textContent()).toContain('10969 Berlin');
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/receipt, ${name}.png`, fullPage: true });
        }
        expect(await page.locator('#verdict').textContent()).toBe(
          'All signed values were verified in your browser. The meter signed 7.004 kWh, and so much is on the bill.',
        );
        const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
        expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        expect(asked).toEqual([`${address}${path}`, `${address}/receipts/receipt.js`]);
        await page.close();
      },
    );

    it.each(['light', 'dark'] as const)(
      'the page has no finding of axe in the %s',
      async (colorScheme) => {
        const page = await openPage(browser, {
          viewport: { width: 390, height: 900 },
          colorScheme,
          bypassCSP: true,
        });
        await page.goto(`${address}${path}`);
        await page.locator('#verdict.good').waitFor();
        await page.evaluate(axe);
        const found = (await page.evaluate('axe.run()')) as {
          readonly violations: readonly {
            readonly id: string;
            readonly nodes: readonly object[];
          }[];
        };
        expect(found.violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
        await page.close();
      },
    );

    it('a receipt whose signed value was changed by one digit says so', async () => {
      forge = (body) =>
        body.replaceAll(/(\\?")RV\1:\1?8\.004/g, (all) => all.replace('8.004', '9.004'));
      const { page } = await open(390, 'light');
      forge = (body) => body;
      expect(await page.locator('#verdict').textContent()).toContain('Something is wrong');
      await page.close();
    });
  },
);
