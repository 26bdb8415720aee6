import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { themed } from '../../../lambdas/view/themed.ts';
import type { ChargerRow } from '../../../lambdas/widgets/charger-row.ts';
import type { HeldRow } from '../../../lambdas/widgets/read-held.ts';
import { chargersView } from '../../../lambdas/widgets/view/chargers-view.ts';
import { heldView } from '../../../lambdas/widgets/view/held-view.ts';
import { type WidgetOf, WidgetRequest } from '../../../lambdas/widgets/widget-request.ts';
import { choosePort } from '../../../runner/choose-port.ts';
import { createMetricStore } from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { readDashboards } from '../../../runner/cloudwatch/dashboards/read-dashboards.ts';
import {
  type Dashboards,
  startDashboards,
} from '../../../runner/cloudwatch/dashboards/start-dashboards.ts';
import type { Deployment, Invoke } from '../../../runner/runner-interfaces.ts';
import { cdrWith } from '../../core/analytics/cdrs.ts';
import { openPage } from '../../open-page.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];
const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:joulegate-test-widgets';
const actionsArn = functionArn.replace('widgets', 'actions');
const alarmArn = 'arn:aws:cloudwatch:eu-central-1:000000000000:alarm:cdr-failures';
const metric = { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible' };

const place = (y: number, width = 24) => ({ x: 0, y, width, height: 6 });
const body = {
  widgets: [
    {
      type: 'text',
      ...place(0),
      properties: { markdown: '## Fleet\nSee [money](#dashboards:name=test-money).' },
    },
    {
      type: 'custom',
      ...place(3),
      properties: { title: 'All chargers', endpoint: functionArn, params: { widget: 'chargers' } },
    },
    {
      type: 'metric',
      ...place(9, 12),
      properties: {
        title: 'Queue',
        metrics: [
          [metric.namespace, metric.name, 'QueueName', 'q', { label: 'q', stat: 'Maximum' }],
        ],
      },
    },
    {
      type: 'log',
      ...place(15),
      properties: {
        title: 'Counts',
        query:
          "SOURCE '/aws/lambda/a' | filter ispresent(Messages)\n| stats sum(Messages) as amount by action",
      },
    },
    {
      type: 'log',
      ...place(21),
      properties: { title: 'Unknown', query: "SOURCE '/aws/lambda/a' | fields @message" },
    },
    { type: 'alarm', ...place(27), properties: { title: 'Alarms', alarms: [alarmArn] } },
  ],
};

const heldWidget = {
  type: 'custom',
  ...place(0),
  properties: { title: 'Held CDRs', endpoint: functionArn, params: { widget: 'held' } },
};

const deployment = (widgets: readonly unknown[] = body.widgets): Deployment => ({
  resources: [
    {
      address: 'Service/Fleet',
      type: 'AWS::CloudWatch::Dashboard',
      ref: 'test-fleet',
      attributes: {},
      properties: { DashboardBody: JSON.stringify({ widgets }) },
    },
    {
      address: 'Service/Money',
      type: 'AWS::CloudWatch::Dashboard',
      ref: 'test-money',
      attributes: {},
      properties: { DashboardBody: JSON.stringify({ widgets: [heldWidget] }) },
    },
    {
      address: 'Queues/Alarm',
      type: 'AWS::CloudWatch::Alarm',
      ref: 'cdr-failures',
      attributes: { Arn: alarmArn },
      properties: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: [{ Name: 'QueueName', Value: 'q' }],
        Threshold: 0,
      },
    },
  ],
  outputs: {},
});

const row = (chargerId: string): ChargerRow => ({
  operatorName: 'Stadtwerke <i>Nord</i>',
  chargerId,
  name: 'Motorway north, car park beside the restaurant',
  lastDay: Array.from({ length: 24 }, (_, hour) => hour),
  device: '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  isOnline: chargerId !== 'CP-2',
  since: new Date(Date.now() - 3_600_000).toISOString(),
  connectors: [
    {
      name: '1',
      status: 'Charging',
      isFaulted: false,
      session: {
        sessionId: 's',
        energyKwh: '12.5',
        powerKw: '11',
        curve: [0, 1, 2, 3].map((at) => ({ at, watts: 11_000 - at * 1_000 })),
      },
    },
    {
      name: '2',
      status: 'Faulted',
      isFaulted: true,
      error: 'GroundFailure · very-long-vendor-code-without-any-space-'.repeat(4),
    },
  ],
});

const cdrId = 'cdr_held';
const heldRow: HeldRow = {
  operatorId: 'op_1',
  operatorName: 'North',
  cdr: { ...cdrWith({}), cdrId, seal: null, state: 'held' } as unknown as HeldRow['cdr'],
};

/** The events that the function of actions was called with. */
const pressed: unknown[] = [];

/** Draws as the function of widgets does, two pages of chargers. */
const invoke: Invoke = async (arn, event) => {
  if (arn === actionsArn) {
    pressed.push(event);
    return { kind: 'returned', payload: '<p>It was done.</p>' };
  }
  if ((event as { widget?: string }).widget === 'held') {
    const request = { widgetContext: {} };
    const context = { now: '', actionsArn, functionArn, request };
    const html = heldView({ rows: [heldRow] }, context);
    return { kind: 'returned', payload: themed('light', html) };
  }
  const request = WidgetRequest.parse(event) as WidgetOf<'chargers'>;
  const isFirst = request.from === undefined;
  const rows = isFirst ? [row('CP-1'), row('CP-2')] : [row('CP-3')];
  const page = { rows, looked: 3, online: 2, states: new Map([['Charging', 3]]) };
  const drawn = chargersView(
    isFirst ? { ...page, next: { operatorId: 'op', after: 'cp-2' } } : page,
    {
      request,
      functionArn,
      now: new Date().toISOString(),
    },
  );
  return { kind: 'returned', payload: themed(request.widgetContext.theme, drawn) };
};

it('an unknown kind of widget stops the start by its name', () => {
  expect(() => readDashboards(deployment([{ type: 'explorer' }]))).toThrow(
    /Service\/Fleet has a widget of the type "explorer"/,
  );
});

describe('the dashboards of the local stack', () => {
  let directory: string;
  let dashboards: Dashboards;
  let browser: Browser | undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'joulegate-dashboards-'));
    const written = { timestamp: new Date().toISOString(), action: '<b>Boot</b>', Messages: 3 };
    writeFileSync(join(directory, 'a.log'), `${JSON.stringify(written)}\nnot JSON\n`);
    const store = createMetricStore();
    for (const n of [1, 2, 3]) {
      const at = Date.now() - n * 120_000;
      store.put({ ...metric, dimensions: { QueueName: 'q' }, at, value: n });
    }
    dashboards = await startDashboards({
      deployment: deployment(),
      invoke,
      store,
      logPathOf: () => join(directory, 'a.log'),
      now: Date.now,
      port: await choosePort(0, 'JOULEGATE_DASHBOARD_PORT'),
      look: () => undefined,
    });
    if (existsSync(executablePath)) {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    }
  });

  afterAll(async () => {
    await browser?.close();
    await dashboards.stop();
    rmSync(directory, { recursive: true });
  });

  it('the first dashboard of the template is at the address itself, each other at its name, and nothing else', async () => {
    const { url } = dashboards;

    expect((await fetch(url)).url).toBe(`${url}/test-fleet`);
    expect((await fetch(`${url}/test-money`)).status).toBe(200);
    expect((await fetch(`${url}/other`)).status).toBe(404);
  });

  it('a page shows what the function draws, metrics as lines, what a query adds up, and one that is not computed as text', async () => {
    const html = await (await fetch(`${dashboards.url}/test-fleet`)).text();

    expect(html).toContain('CP-1');
    expect(html).toContain('<polyline class="c0"');
    expect(html).toContain('<td>&lt;b&gt;Boot&lt;/b&gt;</td><td>3</td>');
    expect(html).toContain('computed on AWS only:</p><pre>fields @message</pre>');
    expect(html).toContain('cdr-failures <b>alarm</b>');
    expect(html).toContain('<a href="/test-money?theme=light">money</a>');
  });

  it('another site can neither read a dashboard by a host name of its own nor call a function by a form', async () => {
    const { url } = dashboards;
    const call = async (headers: Record<string, string>, endpoint: string) =>
      (
        await fetch(`${url}/test-fleet/call`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ endpoint, params: { widget: 'chargers' } }),
        })
      ).status;
    const json = { 'content-type': 'application/json' };
    // Only functions that a button calls which was drawn.
    await fetch(`${url}/test-fleet`);

    expect(await call(json, functionArn)).toBe(200);
    expect(await call(json, `${functionArn}2`)).toBe(403);
    expect(await call({ 'content-type': 'text/plain' }, functionArn)).toBe(405);
    expect(await statusForHost(url, 'dashboards.example')).toBe(403);
  });

  describe.skipIf(!existsSync(executablePath))(
    'in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
    () => {
      it.each([
        ['a phone', 390, 'light'],
        ['a phone', 390, 'dark'],
        ['a desk', 1280, 'light'],
        ['a desk', 1280, 'dark'],
      ] as const)(
        'a dashboard shows itself at the width of %s (%i px) in %s with nothing to scroll sideways, and runs no script of a charger',
        async (name, width, theme) => {
          const page = browser && (await openPage(browser, { viewport: { width, height: 900 } }));
          await page?.goto(`${dashboards.url}/test-fleet?theme=${theme}`);
          if (folder !== undefined)
            await page?.screenshot({ path: `${folder}/dashboard-${name}-${theme}.png` });

          const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
          expect(await page?.evaluate(overflow)).toBeLessThanOrEqual(0);
          expect(await page?.title()).toBe('test-fleet');
          expect(await page?.locator('section img, section script').count()).toBe(0);
          expect(await page?.locator(`.jg-${theme}`).count()).toBe(1);
          expect(await page?.evaluate<string[]>(brokenWords)).toEqual([]);
          expect(await contrast(page, `.jg-${theme} .q`)).toBeGreaterThan(4.5);
          await page?.close();
        },
      );

      it('the button of a widget shows the chargers after these', async () => {
        const page = browser && (await openPage(browser));
        await page?.goto(`${dashboards.url}/test-fleet`);
        await page?.getByText('Chargers after these').click();
        await page?.locator('text=CP-3').waitFor();

        expect(await page?.locator('text=CP-1').count()).toBe(0);
        await page?.close();
      });

      it('a button asks before it calls its function with the fields of the widget, and shows the answer over the page', async () => {
        const page = browser && (await openPage(browser));
        const questions: string[] = [];
        let isAccepted = false;
        page?.on('dialog', (dialog) => {
          questions.push(dialog.message());
          void (isAccepted ? dialog.accept() : dialog.dismiss());
        });
        await page?.goto(`${dashboards.url}/test-money`);
        await page?.locator('input[name="name"]').fill('Ada');
        await page?.locator(`input[name="energy:${cdrId}"]`).fill('7.5');
        await page?.getByText('Set energy').click();
        expect(pressed).toEqual([]);

        isAccepted = true;
        await page?.getByText('Set energy').click();
        await page?.locator('dialog[open]').getByText('It was done.').waitFor();

        expect(questions).toHaveLength(2);
        expect(questions[0]).toContain(`Bill the energy of the field for ${cdrId}?`);
        expect(pressed).toMatchObject([
          {
            action: 'setEnergy',
            operatorId: 'op_1',
            cdrId,
            widgetContext: { forms: { all: { name: 'Ada', [`energy:${cdrId}`]: '7.5' } } },
          },
        ]);
        await page?.getByText('Close').click();
        expect(await page?.locator('input[name="name"]').inputValue()).toBe('Ada');
        await page?.close();
      });
    },
  );
});

/** Words of up to ten letters within the tables of our widgets that are broken over two lines. */
const brokenWords = `(() => {
  const broken = [];
  for (const cell of document.querySelectorAll('.jg-light td, .jg-dark td')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const { 0: word, index } of text.data.matchAll(/(?<![^ ])[A-Za-z]{2,10}(?![^ ])/g)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (range.getClientRects().length > 1) broken.push(word);
      }
    }
  }
  return broken;
})()`;

/** The contrast of an element's text with the card behind it, by WCAG. */
const contrast = async (
  page: { evaluate: (code: string) => Promise<unknown> } | undefined,
  selector: string,
): Promise<unknown> =>
  await page?.evaluate(`(() => {
    const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
    const one = document.querySelector('${selector}');
    const [a, b] = [getComputedStyle(one).color, getComputedStyle(one.closest('section')).backgroundColor].map(light);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  })()`);

/** The status for a request that names another host; fetch does not let one. */
async function statusForHost(url: string, host: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  return await new Promise((done) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      done(response.statusCode);
    }).end();
  });
}
