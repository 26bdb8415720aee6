import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { TariffRow, TariffsPage } from '../read-tariffs.ts';

/** The revenue of the month by tariff. */
export function tariffsView({ rows, left, more }: TariffsPage): Markup {
  const below = left === 0 ? '' : `${left} with less. `;
  const rest = more ? 'Not all were added up. ' : '';
  const all = `${below}${rest}All of an operator: GET /analytics/tariffs.`;
  if (rows.length === 0) return markup`<p>No CDR of this month was sealed with a tariff.</p>`;
  return markup`<table><thead><tr><th>Tariff</th><th class="n">Sessions</th><th class="n">kWh</th><th class="n">With VAT</th></tr></thead><tbody>${rows.map(rowOf)}</tbody></table>${left === 0 && !more ? nothing : markup`<p class="q">${all}</p>`}`;
}

const rowOf = (row: TariffRow): Markup =>
  markup`<tr><td><code>${row.tariffId}</code><div class="q">${row.operatorName}</div></td><td class="n">${row.sessions}</td><td class="n">${row.energyKwh}</td><td class="n">${row.inclVat} ${row.currency}</td></tr>`;
