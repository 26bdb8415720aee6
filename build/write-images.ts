import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Pictures the dashboards of a demo that runs, as docs/dashboards.md shows them: the beginning of each, at two widths and in two themes. */
const folder = join(import.meta.dirname, '../docs/images');
const sizes = [
  { name: 'desk', width: 1280, height: 1500 },
  { name: 'phone', width: 390, height: 1800 },
];

const ready = join(process.env['JOULEGATE_DATA_DIR'] ?? '.local', 'ready.json');
const { dashboard } = JSON.parse(await readFile(ready, 'utf8')) as { dashboard: string };
const executablePath = process.env['JOULEGATE_CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const dashboardName of ['fleet', 'money', 'system']) {
    for (const theme of ['light', 'dark']) {
      await page.goto(`${dashboard}/joulegate-local-${dashboardName}?theme=${theme}`);
      for (const { name, width, height } of sizes) {
        await page.setViewportSize({ width, height: 900 });
        const path = join(folder, `dashboard-${dashboardName}-${name}-${theme}.png`);
        await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height } });
      }
    }
  }
} finally {
  await browser.close();
}
