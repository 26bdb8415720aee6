import { escapeHtml } from '../../http/escape-html.ts';
import { plainPage } from '../../http/plain-page.ts';
import { pageTable } from './page-table.ts';
import type { StatementView } from './statement-view.ts';
import { vatRateText } from './vat-rate-text.ts';

const sumHtml = ({ currency, sessions, energyKwh, total, vat }: StatementView['sums'][number]) => {
  const rates = vat.map((one) => [vatRateText(one), one.exclVat, one.vat, one.inclVat]);
  const label = `VAT in ${currency}`;
  return `<p class="total">${escapeHtml(`${total.inclVat} ${currency}`)}</p>
<p class="quiet">${escapeHtml(`${sessions} sessions, ${energyKwh} kWh, ${total.exclVat} ${currency} without VAT`)}</p>
${pageTable(label, ['VAT rate', 'without VAT', 'VAT', 'with VAT'], rates, 3)}`;
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
<h2>Sessions</h2>${pageTable('Sessions', head, rows, 3)}`,
  );
}
