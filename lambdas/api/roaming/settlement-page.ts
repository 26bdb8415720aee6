import { plainPage } from '../../http/plain-page.ts';
import { escapeHtml } from '../../view/escape-html.ts';
import { pageTable } from '../accounts/page-table.ts';
import { issuerHtml } from '../issuer/issuer-html.ts';
import type { SettlementView } from './settlement-view.ts';

const titles = {
  receivable: 'The partner owes us',
  payable: 'We owe the partner',
} as const;

const unknown = 'not stated';

function part(view: SettlementView, direction: keyof typeof titles): string {
  const sums = view.sums.filter((sum) => sum.direction === direction);
  if (sums.length === 0) return '';
  const rows = sums.map((sum) => [
    sum.currency,
    sum.vatPercent === null ? 'unknown' : `${sum.vatPercent} %`,
    String(sum.cdrs),
    sum.energyKwh,
    sum.exclVat,
    sum.vat ?? unknown,
    sum.inclVat ?? unknown,
  ]);
  const cdrs = view.cdrs.filter((cdr) => cdr.direction === direction);
  const lines = cdrs.flatMap((cdr) =>
    cdr.parts.map((one, at) => [
      cdr.endedAt.slice(0, 16).replace('T', ' '),
      cdr.creditOf === null ? cdr.cdrId : `${cdr.cdrId} (credit)`,
      cdr.verdict ?? '',
      // Energy is that of the CDR, and not of a rate.
      at === 0 ? cdr.energyKwh : '',
      one.exclVat,
      `${one.inclVat ?? unknown} ${cdr.currency}`,
    ]),
  );
  const head = ['Currency', 'VAT rate', 'CDRs', 'kWh', 'without VAT', 'VAT', 'with VAT'];
  const cdrHead = ['End, UTC', 'CDR', 'Verdict', 'kWh', 'without VAT', 'with VAT'];
  const title = titles[direction];
  return `<h2>${title}</h2>${pageTable(title, head, rows, 5)}
<h3>CDRs</h3>${pageTable(`${title}: CDRs`, cdrHead, lines, 3)}`;
}

/** Writes a settlement as a page to be printed. */
export function settlementPage(view: SettlementView): string {
  const title = `Settlement ${view.month}, ${view.name}`;
  const parts = [part(view, 'receivable'), part(view, 'payable')].join('\n').trim();
  return plainPage(
    title,
    `<h1>${escapeHtml(title)}</h1><p class="quiet">Partner ${escapeHtml(view.partnerId)}</p>${issuerHtml(view.issuer)}
${parts === '' ? '<p>No CDR ended in this month.</p>' : parts}`,
  );
}
