import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPage } from '../../open-page.ts';
import type { RunningFlow } from '../start-flow.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];

/** The widths at which one looks at a dashboard, px. */
const widths = { phone: 390, desk: 1280 };

/** The dashboards of the template, with all that the other scenarios have charged, in a browser. */
export const dashboardScenarios = (flow: () => RunningFlow): void => {
  const look = async (browser: Browser, ref: string, theme: string): Promise<void> => {
    const problems: string[] = [];
    const page = await openPage(browser);
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`${flow().service.stack.dashboards}/${ref}?theme=${theme}`);
    for (const [name, width] of Object.entries(widths)) {
      await page.setViewportSize({ width, height: 900 });
      if (folder !== undefined) {
        await page.screenshot({ path: `${folder}/${ref}-${name}-${theme}.png`, fullPage: true });
      }
      const wide = await page.evaluate<string[]>(tooWide);
      expect([ref, theme, name, wide]).toEqual([ref, theme, name, []]);
    }
    expect(await page.locator('section').count()).toBeGreaterThan(5);
    expect(await page.locator(`.jg-${theme}`).count()).toBeGreaterThan(0);
    expect(await page.content()).not.toContain('The function of this widget');
    expect(problems).toEqual([]);
    await page.close();
  };

  describe.skipIf(!existsSync(executablePath))(
    'the dashboards of the template in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
    () => {
      it('each dashboard of the template is shown at the width of a phone and of a desk, in both themes, with nothing to scroll sideways and no error of a script', async () => {
        const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
        onTestFinished(() => browser.close());
        const refs = flow()
          .service.stack.deployment.resources.filter(
            ({ type }) => type === 'AWS::CloudWatch::Dashboard',
          )
          .map(({ ref }) => ref);
        expect(refs).toHaveLength(3);
        for (const ref of refs) {
          for (const theme of ['light', 'dark']) await look(browser, ref, theme);
        }
      });
    },
  );
};

/** The beginnings of the widgets that reach over the edge, and the page itself, if it has to be scrolled sideways: a table may scroll inside of its widget. */
const tooWide = `[
  ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []),
  ...[...document.querySelectorAll('section')].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.innerText.slice(0, 60)),
]`;
