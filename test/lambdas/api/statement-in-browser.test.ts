import '../quiet.ts';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { expectUsable, servePages } from './serve-pages.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];

const looks = [
  ['a phone', 390, 'light', 'screen'],
  ['a desk in the dark', 1280, 'dark', 'screen'],
  ['paper', 794, 'light', 'print'],
] as const;

describe.skipIf(!existsSync(executablePath))(
  'a statement in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
  () => {
    let site: TestSite;
    let pages: Awaited<ReturnType<typeof servePages>>;
    let browser: Browser;

    beforeAll(async () => {
      site = await openSite({
        tokens: [{ tokenId: 'TAG1', accountId: 'acc' }],
        tariff: { name: 'Street', currency: 'EUR', perKwh: '0.50', vatPercent: '19' },
      });
      await site.call('POST', '/accounts', { accountId: 'acc', name: 'Bakery', currency: 'EUR' });
      for (let n = 0; n < 3; n += 1) {
        await site.register();
        const charger = await site.heardAt(61);
        const { transactionId } = await charger.call('StartTransaction', start());
        await charger.call('StopTransaction', stop(Number(transactionId)));
        await site.settle();
      }
      pages = await servePages(site.database, testServices);
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });

    afterAll(async () => {
      await browser.close();
      pages.stop();
      await site.close();
    });

    it.each(looks)(
      'the statement of a month can be read on %s (%i px, %s, %s), has no finding of axe and asks nobody else',
      async (name, width, colorScheme, media) => {
        const page = await browser.newPage({
          viewport: { width, height: 900 },
          colorScheme,
          bypassCSP: true,
          extraHTTPHeaders: { authorization: `Bearer ${site.operator.apiKey}` },
        });
        await page.emulateMedia({ media });
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        const url = `${pages.address}/accounts/acc/statements/${at(0).slice(0, 7)}/page`;
        await page.goto(url);

        expect(await page.locator('main').textContent()).toContain('Bakery');
        expect(await page.locator('tbody tr').count()).toBeGreaterThanOrEqual(3);
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/statement, ${name}.png`, fullPage: true });
        }
        await expectUsable(page);
        expect(asked).toEqual([url]);
        await page.close();
      },
    );
  },
);
