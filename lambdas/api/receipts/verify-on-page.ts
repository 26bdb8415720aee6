import { type CheckableReceipt, checkReceipt } from '../../../core/receipt/check-receipt.ts';

type Element = { textContent: string | null; className: string };

/** The little of a browser that the script of a receipt touches. */
type Page = {
  readonly getElementById: (id: string) => Element | null;
  readonly querySelector: (selector: string) => Element | null;
};

const styles = { passed: 'good', failed: 'bad', open: 'quiet' } as const;
const words = { passed: 'Valid.', failed: 'Not valid.', open: 'Not verified.' } as const;

/** Verifies the signed values of the receipt on a page, and writes the result beside each. */
export function verifyOnPage(page: Page): void {
  const data = page.getElementById('receipt')?.textContent;
  if (data === null || data === undefined) return;
  const { values, energy } = checkReceipt(JSON.parse(data) as CheckableReceipt);
  for (const [index, { outcome, message }] of values.entries()) {
    const place = page.querySelector(`[data-value="${index}"] span`);
    if (place === null) continue;
    place.textContent = `${words[outcome]} ${message}`;
    place.className = styles[outcome];
  }
  const all = [...values, ...energy];
  const verdict = page.getElementById('verdict');
  if (verdict === null) return;
  const failed = all.find(({ outcome }) => outcome === 'failed');
  const passed = all.filter(({ outcome }) => outcome === 'passed').length;
  const said = energy.map(({ message }) => ` ${message}`).join('');
  if (failed !== undefined) {
    verdict.textContent = `Something is wrong with this receipt: ${failed.message}`;
    verdict.className = 'bad';
  } else if (passed === all.length) {
    verdict.textContent = `All signed values were verified in your browser.${said}`;
    verdict.className = 'good';
  } else {
    verdict.textContent = `Not all signed values could be verified in your browser.${said}`;
  }
}

const { document } = globalThis as { readonly document?: Page };
if (document !== undefined) verifyOnPage(document);
