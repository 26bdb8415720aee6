import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { TariffRow, TariffsPage } from '../read-tariffs.ts';

/** The revenue of the month by tariff. */
export function tariffsView({ rows, more }: TariffsPage): Markup {
  if (rows.length === 0) return markup`<p>No CDR of this month was sealed with a tariff.</p>`;
  return markup`<table><thead><tr><th>Tariff</th><th class="n">Sessions</th><th class="n">kWh</th><th class="n">With VAT</th></tr></thead><tbody>${rows.map(rowOf)}</tbody></table>${more ? markup`<p class="q">There are more: name an operatorId.</p>` : nothing}`;
}

const rowOf = (row: TariffRow): Markup =>
  markup`<tr><td><code>${row.tariffId}</code><div class="q">${row.operatorName}</div></td><td class="n">${row.sessions}</td><td class="n">${row.energyKwh}</td><td class="n">${row.inclVat} ${row.currency}</td></tr>`;
