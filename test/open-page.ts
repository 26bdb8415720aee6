import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Milliseconds after which a page is taken for one that hangs: on a busy machine it may take its time, as all else that is waited for. */
const patience = 150_000;

/** Opens a page of a browser, which waits for what it is asked for as long as tests do, instead of half a minute. */
export async function openPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(patience);
  return page;
}
