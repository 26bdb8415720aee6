import { type Markup, markup } from '../../view/markup.ts';
import type { UptimePage, UptimeRow } from '../read-uptime.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** The connectors with the lowest uptime. */
export function uptimeView(page: UptimePage, context: PageContext): Markup {
  const { rows, reached, measured, next } = page;
  const summary = `${reached} of ${measured} connectors reach the threshold of the definition (docs/uptime.md).`;
  return markup`<p class="q">${summary}</p>${rows.length === 0 ? markup`<p>No connector has reported in this window.</p>` : table(rows)}${moreButton(next, context)}`;
}

const table = (rows: readonly UptimeRow[]): Markup =>
  markup`<table><thead><tr><th>Connector</th><th class="n">Uptime</th><th class="n">Outage, min</th><th class="n">Excluded, min</th></tr></thead><tbody>${rows.map(rowOf)}</tbody></table>`;

const rowOf = (row: UptimeRow): Markup =>
  markup`<tr><td><b>${row.chargerId}</b> ${row.connector}<div class="q">${row.operatorName}</div></td><td class="n ${row.isReached === true ? 'g' : 'b'}">${row.percent ?? ''} %</td><td class="n">${row.outage}</td><td class="n">${row.excluded}</td></tr>`;
