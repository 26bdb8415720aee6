import '../quiet.ts';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { withCdr } from '../../../core/payment/bill.ts';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { withProviderState } from '../../../core/payment/record-payment.ts';
import type { OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { changeAttempt } from '../../../lambdas/store/payments/attempts.ts';
import { changeBill } from '../../../lambdas/store/payments/bills.ts';
import { openPage } from '../../open-page.ts';
import { newLocation } from '../one-of-everything.ts';
import { messageRecords, meterValues } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { expectUsable, servePages } from './serve-pages.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];

const looks = [
  ['a phone', 390, 'light'],
  ['a phone in the dark', 390, 'dark'],
  ['a desk', 1280, 'light'],
] as const;

describe.skipIf(!existsSync(executablePath))(
  'paying at a connector in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
  () => {
    let site: TestSite;
    let pages: Awaited<ReturnType<typeof servePages>>;
    let browser: Browser;
    let address: string;
    const sent: OutboundMessage[] = [];
    const services = {
      ...testServices,
      sendOutbound: async (messages: readonly OutboundMessage[]) => {
        sent.push(...messages);
      },
    };

    beforeAll(async () => {
      site = await openSite({
        tokens: [],
        tariff: {
          ...{ name: 'Street', currency: 'EUR', vatPercent: '19' },
          ...{ perKwh: '0.50', idlePerMinute: '0.10', idleGraceMinutes: 240 },
          ...{ minPrice: { exclVat: '1.00' }, maxPrice: { exclVat: '50.00' } },
        },
      });
      const { locationId } = (await site.call('POST', '/locations', newLocation)).body;
      await site.register({ locationId, maxPowerKw: 300 });
      await site.call('PUT', '/settings/payments', {
        adapter: 'stripe',
        stripe: {
          secretKey: 'sk_test_a',
          webhookSecret: 'whsec_a',
          holds: { EUR: { amount: '30.00' } },
        },
      });
      pages = await servePages(site.database, services);
      address = pages.address;
      process.env['FILES_URL'] = address;
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });

    afterAll(async () => {
      await browser.close();
      pages.stop();
      await site.close();
    });

    const picture = async (page: Page, name: string): Promise<void> => {
      if (folder !== undefined) {
        await page.screenshot({ path: `${folder}/pay, ${name}.png`, fullPage: true });
      }
    };
    const available = async (): Promise<string> => {
      const charger = await site.plugIn();
      await takeOver(site.database, site.chargerKey, {
        connectionId: charger.step.connectionId,
        protocol: 'ocpp1.6',
        connectedAt: new Date().toISOString(),
      });
      const timestamp = new Date().toISOString();
      const free = { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp };
      await charger.call('StatusNotification', free);
      for (const record of await messageRecords(site.database)) {
        if (record.kind === 'status') await keepStatus(site.database, record);
      }
      const path = `/chargers/${site.chargerId}/pay-links`;
      const made = await site.call('POST', path, { evseId: 1, connectorId: 1 });
      return String(made.body['payUrl']);
    };

    it.each(looks)(
      'a driver reads the price, pays, sees the cost while charging, stops and gets the receipt, at the width of %s (%i px), %s',
      async (name, width, colorScheme) => {
        const payUrl = await available();
        const view = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true };
        const page = await openPage(browser, view);
        const asked = new Set<string>();
        const complaints: string[] = [];
        page.on('request', (request) => asked.add(new URL(request.url()).origin));
        page.on('pageerror', (error) => complaints.push(error.message));

        await page.goto(payUrl);
        expect(await page.locator('tbody tr').allTextContents()).toEqual([
          'per kWh0.595 EUR',
          'per minute after charging 7.14 EUR per hour0.119 EUR',
        ]);
        expect(await page.locator('li').allTextContents()).toEqual([
          'A session costs at least 1.19 EUR.',
          'A session costs at most 59.50 EUR.',
          'The first 240 minutes after charging cost nothing.',
        ]);
        expect(await page.locator('main').textContent()).toContain('30.00 EUR are reserved');
        await picture(page, `before, ${name}`);
        await expectUsable(page);
        await page.getByRole('button', { name: 'Pay by card and charge' }).click();
        await page.getByText('Your payment is being prepared.').waitFor();

        const begun = sent.at(-1);
        const attemptId = begun?.kind === 'payment' ? begun.attemptId : '';
        const change = async (facts: object) =>
          await changeAttempt(site.database, attemptId, facts);
        await change({ payUrl: 'https://checkout.example/pay', state: 'open' });
        // The page finds out by itself.
        const link = page.getByRole('link', { name: 'Go to the payment' });
        await link.waitFor();
        expect(await link.getAttribute('href')).toBe('https://checkout.example/pay');
        await expectUsable(page);
        await picture(page, `to the payment, ${name}`);

        await site.call('POST', '/tokens', { tokenId: attemptId });
        const plug = await site.plugIn();
        const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
        const start = { connectorId: 1, idTag: attemptId, timestamp: at(30), meterStart: 0 };
        const { transactionId } = await plug.call('StartTransaction', start);
        await plug.call('MeterValues', meterValues(at(10), 10_000, Number(transactionId)));
        await site.settle();
        const [session] = await site.sessions();
        const sessionId = String(session?.['sessionId']);
        await change({ state: 'held', sessionId });
        await page.goto(page.url());
        await page.getByText('5.95 EUR').waitFor();
        await expectUsable(page);
        await picture(page, `charging, ${name}`);
        await page.getByRole('button', { name: 'Stop charging' }).click();
        await page.getByText('The charger was asked to stop.').waitFor();

        const stop = { transactionId, idTag: attemptId, timestamp: at(0), meterStop: 20_000 };
        await plug.call('StopTransaction', stop);
        await site.settle();
        const cdr = (await site.cdrOf(session)) as unknown as Cdr;
        const place = { operatorId: site.operator.operatorId, shard: 0, sessionId };
        const taken = {
          reference: 'cs_1',
          state: 'captured',
          held: minorUnits(0n),
          captured: minorUnits(1_190n),
          refunded: minorUnits(0n),
          refundFailed: minorUnits(0n),
        } as const;
        await changeBill(site.database, place, () => {
          const bill = withCdr(undefined, cdr as never);
          return withProviderState(bill, taken, at(0)) as typeof bill;
        });
        await page.goto(page.url());
        await page.getByText('11.90 EUR').waitFor();
        await expectUsable(page);
        await picture(page, `paid, ${name}`);
        await page.getByRole('link', { name: 'Receipt' }).click();
        await page.getByRole('heading', { name: 'Receipt', exact: true }).waitFor();
        expect([complaints, [...asked]]).toEqual([[], [address]]);
        await page.close();
      },
    );
  },
);
