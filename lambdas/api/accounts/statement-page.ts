import { escapeHtml } from '../../http/escape-html.ts';
import { plainPage } from '../../http/plain-page.ts';
import type { StatementView } from './statement-view.ts';
import { vatRateText } from './vat-rate-text.ts';

const row = (tag: 'th' | 'td', texts: readonly string[], numbers: number): string => {
  const scope = tag === 'th' ? ' scope="col"' : '';
  const cells = texts.map((text, index) => {
    const isNumber = index >= texts.length - numbers;
    return `<${tag}${scope}${isNumber ? ' class="number"' : ''}>${escapeHtml(text)}</${tag}>`;
  });
  return `<tr>${cells.join('')}</tr>`;
};

/** A table that scrolls by itself, also by keyboard, where it is wider than the page; the last columns are numbers. */
const table = (
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: number,
): string =>
  `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table><thead>${row('th', head, numbers)}</thead><tbody>${rows
    .map((texts) => row('td', texts, numbers))
    .join('')}</tbody></table></div>`;

const sumHtml = ({ currency, sessions, energyKwh, total, vat }: StatementView['sums'][number]) => {
  const rates = vat.map((one) => [vatRateText(one), one.exclVat, one.vat, one.inclVat]);
  const label = `VAT in ${currency}`;
  return `<p class="total">${escapeHtml(`${total.inclVat} ${currency}`)}</p>
<p class="quiet">${escapeHtml(`${sessions} sessions, ${energyKwh} kWh, ${total.exclVat} ${currency} without VAT`)}</p>
${table(label, ['VAT rate', 'without VAT', 'VAT', 'with VAT'], rates, 3)}`;
};

/** Writes a statement as a page to be printed. */
export function statementPage({ accountId, name, month, sums, cdrs }: StatementView): string {
  const title = `Statement ${month}, ${name ?? accountId}`;
  const rows = cdrs.map(({ endedAt, timeZone, chargerId, cdrId, energyKwh, total, creditOf }) => [
    new Date(endedAt).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
    chargerId,
    creditOf === null ? cdrId : `${cdrId} (credit)`,
    String(energyKwh),
    total.exclVat,
    `${total.inclVat} ${total.currency}`,
  ]);
  const head = ['End, local time', 'Charger', 'CDR', 'kWh', 'without VAT', 'with VAT'];
  return plainPage(
    title,
    `<h1>${escapeHtml(title)}</h1><p class="quiet">Account ${escapeHtml(accountId)}</p>
${sums.length === 0 ? '<p>Nothing was billed in this month.</p>' : sums.map(sumHtml).join('\n')}
<h2>Sessions</h2>${table('Sessions', head, rows, 3)}`,
  );
}
