import { type Markup, markup } from '../../view/markup.ts';
import type { FleetPage } from '../read-fleet.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** Rows of a table of counts. */
const mostRows = 15;

/** The firmware of chargers, and the errors that their connectors report now. */
export function fleetView(page: FleetPage, context: PageContext): Markup {
  const { looked, online, firmware, errors } = page;
  const share = looked === 0 ? '' : ` (${((100 * online) / looked).toFixed(1)} %)`;
  return markup`<p><b>${online}</b> of ${looked} chargers online${share}</p>${countsOf('Vendor, model and firmware', 'Chargers', firmware)}${countsOf('Error', 'Connectors', errors)}${moreButton(page.next, context)}`;
}

function countsOf(title: string, unit: string, counts: ReadonlyMap<string, number>): Markup {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(mostRows).reduce((sum, [, count]) => sum + count, 0);
  const shown = rest === 0 ? sorted : [...sorted.slice(0, mostRows), ['others', rest] as const];
  const rows = shown.map(
    ([word, count]) => markup`<tr><td>${word}</td><td class="n">${count}</td></tr>`,
  );
  const none = markup`<tr><td class="q" colspan="2">none</td></tr>`;
  return markup`<table><thead><tr><th>${title}</th><th class="n">${unit}</th></tr></thead><tbody>${rows.length === 0 ? none : rows}</tbody></table>`;
}
