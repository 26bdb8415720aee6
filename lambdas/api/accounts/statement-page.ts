import { plainPage } from '../../http/plain-page.ts';
import { escapeHtml } from '../../view/escape-html.ts';
import { issuerHtml } from '../issuer/issuer-html.ts';
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

type Row = Pick<
  StatementView['cdrs'][number],
  'cdrId' | 'endedAt' | 'timeZone' | 'energyKwh' | 'total' | 'creditOf'
>;

const rowOf = (
  { endedAt, timeZone, cdrId, energyKwh, total, creditOf }: Row,
  place: string,
): readonly string[] => [
  new Date(endedAt).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  place,
  creditOf === null ? cdrId : `${cdrId} (credit)`,
  String(energyKwh),
  total.exclVat,
  `${total.inclVat} ${total.currency}`,
];

/** Writes a statement as a page to be printed. */
export function statementPage(statement: StatementView): string {
  const { accountId, name, month, issuer, sums, cdrs, roaming } = statement;
  const title = `Statement ${month}, ${name ?? accountId}`;
  const rows = cdrs.map((cdr) => rowOf(cdr, cdr.chargerId));
  const visits = roaming.map((cdr) => rowOf(cdr, cdr.evseUid));
  const head = ['End, local time', 'Charger', 'CDR', 'kWh', 'without VAT', 'with VAT'];
  return plainPage(
    title,
    `<h1>${escapeHtml(title)}</h1><p class="quiet">Account ${escapeHtml(accountId)}</p>${issuerHtml(issuer)}
${sums.length === 0 ? '<p>Nothing was billed in this month.</p>' : sums.map(sumHtml).join('\n')}
<h2>Sessions</h2>${pageTable('Sessions', head, rows, 3)}
${visits.length === 0 ? '' : `<h2>At roaming partners</h2>${pageTable('At roaming partners', head.with(1, 'EVSE'), visits, 3)}`}`,
  );
}
