import '../quiet.ts';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { writePublication } from '../../../lambdas/store/partners/publications.ts';
import { openPage } from '../../open-page.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
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

const issuer = {
  ...{ name: 'Juna Charge GmbH', addressLines: ['Lindenstraße 7'], postalCode: '10969' },
  ...{ city: 'Berlin', country: 'DEU', vatId: 'DE123456789' },
  registration: `Amtsgericht Charlottenburg, ${'HRB12345'.repeat(20)}`,
};

/** A partner with CDRs of March in both directions: of several rates and currencies, one that differs, and a credit. */
async function haveSettlement(database: TestSite['database']): Promise<CpoPartner> {
  const operator = await haveEmsp(database);
  await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5' });
  const partner = await haveCpo(database, operator, '2.2.1');
  const cdr = (id: string, more: object = {}) =>
    goldenDocument('2.2.1', 'cdr', { id, session_id: `S-${id}`, ...more });
  const credit = { credit: true, credit_reference_id: 'A', session_id: 'S-A' };
  for (const sent of [
    cdr('A'),
    cdr('A-C', { ...credit, total_cost: { excl_vat: -9.27, incl_vat: -11.03 } }),
    cdr('A-CDR-ID-AS-LONG-AS-THE-TEXT-ALLOWS1', { total_energy: 99 }),
    cdr('F', { currency: 'CHF' }),
  ]) {
    expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
  }
  const { partnerId } = partner;
  const list = { operatorId: operator.operatorId, scope: partnerId, module: 'cdrs' } as const;
  const ours = { ...(goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr), id: 'OURS-1' };
  const object = { kind: 'cdr', cdr: ours, lastUpdated: ours.endDateTime };
  const shown = { objectId: ours.id, lastUpdated: ours.endDateTime, object };
  expect(await writePublication(database, list, undefined, shown)).toBe('written');
  return partner;
}

describe.skipIf(!existsSync(executablePath))(
  'statements and settlements in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
  () => {
    let site: TestSite;
    let pages: Awaited<ReturnType<typeof servePages>>;
    let browser: Browser;

    beforeAll(async () => {
      site = await openSite({
        tokens: [{ tokenId: 'TAG1', accountId: 'acc' }],
        tariff: { name: 'Street', currency: 'EUR', perKwh: '0.50', vatPercent: '19' },
      });
      await site.call('PUT', '/settings', { issuer });
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

    const open = async (
      apiKey: string,
      path: string,
      look: BrowserContextOptions,
      media: 'screen' | 'print',
    ) => {
      const page = await openPage(browser, {
        ...{ ...look, bypassCSP: true },
        extraHTTPHeaders: { authorization: `Bearer ${apiKey}` },
      });
      await page.emulateMedia({ media });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${pages.address}${path}`);
      return { page, asked };
    };

    it.each(looks)(
      'the statement of a month can be read on %s (%i px, %s, %s), has no finding of axe and asks nobody else',
      async (name, width, colorScheme, media) => {
        const look = { viewport: { width, height: 900 }, colorScheme };
        const path = `/accounts/acc/statements/${at(0).slice(0, 7)}/page`;
        const { page, asked } = await open(site.operator.apiKey, path, look, media);

        expect(await page.locator('main').textContent()).toContain('Bakery');
        expect(await page.locator('dl').first().textContent()).toContain('10969 Berlin');
        expect(await page.locator('tbody tr').count()).toBeGreaterThanOrEqual(3);
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/statement, ${name}.png`, fullPage: true });
        }
        await expectUsable(page);
        expect(asked).toEqual([`${pages.address}${path}`]);
        await page.close();
      },
    );

    it('the settlement with a partner can be read on a phone, a desk in the dark and paper, has no finding of axe and asks nobody else', async () => {
      const { operator, partnerId } = await haveSettlement(site.database);
      await operator.call('PUT', '/settings', { issuer });
      const path = `/partners/${partnerId}/settlements/2026-03/page`;
      for (const [name, width, colorScheme, media] of looks) {
        const look = { viewport: { width, height: 900 }, colorScheme };
        const { page, asked } = await open(operator.apiKey, path, look, media);

        const text = await page.locator('main').textContent();
        expect(text).toContain('10969 Berlin');
        expect(text).toContain('The partner owes us');
        expect(text).toContain('A-C (credit)');
        expect(await page.locator('tbody tr').count()).toBe(8);
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/settlement, ${name}.png`, fullPage: true });
        }
        await expectUsable(page);
        expect(asked).toEqual([`${pages.address}${path}`]);
        await page.close();
      }
    });
  },
);
