import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningFlow } from '../start-flow.ts';

const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['JOULEGATE_SCREENSHOTS'];

/** A dashboard as one looks at it. */
type Look = {
  readonly ref: string;
  readonly theme: string;
  readonly name: string;
  readonly width: number;
};

/** The dashboards of the template, with all that the other scenarios have charged, in a browser. */
export const dashboardScenarios = (flow: () => RunningFlow): void => {
  const look = async (browser: Browser, { ref, theme, name, width }: Look): Promise<void> => {
    const problems: string[] = [];
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`${flow().service.stack.dashboards}/${ref}?theme=${theme}`);
    if (folder !== undefined) {
      await page.screenshot({ path: `${folder}/${ref}-${name}-${theme}.png`, fullPage: true });
    }
    expect([ref, theme, await page.evaluate<string[]>(tooWide)]).toEqual([ref, theme, []]);
    expect(await page.locator('section').count()).toBeGreaterThan(5);
    expect(await page.locator(`.jg-${theme}`).count()).toBeGreaterThan(0);
    expect(await page.content()).not.toContain('The function of this widget');
    expect(problems).toEqual([]);
    await page.close();
  };

  describe.skipIf(!existsSync(executablePath))(
    'the dashboards of the template in Chromium (needs chromium, or JOULEGATE_CHROMIUM)',
    () => {
      it.each([
        ['phone', 390],
        ['desk', 1280],
      ] as const)(
        'each dashboard of the template is shown at the width of a %s (%i px), in both themes, with nothing to scroll sideways and no error of a script',
        async (name, width) => {
          const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
          onTestFinished(() => browser.close());
          const refs = flow()
            .service.stack.deployment.resources.filter(
              ({ type }) => type === 'AWS::CloudWatch::Dashboard',
            )
            .map(({ ref }) => ref);
          expect(refs).toHaveLength(3);
          for (const ref of refs) {
            for (const theme of ['light', 'dark']) await look(browser, { ref, theme, name, width });
          }
        },
      );
    },
  );
};

/** The beginnings of the widgets that reach over the edge, and the page itself, if it has to be scrolled sideways: a table may scroll inside of its widget. */
const tooWide = `[
  ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []),
  ...[...document.querySelectorAll('section')].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.innerText.slice(0, 60)),
]`;
