import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { FleetPage } from '../read-fleet.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** Rows of a table of counts. */
const mostRows = 15;

/** The chargers that were looked at before, and how many of them were online. */
type Before = { readonly looked: number; readonly online: number };

/** The surroundings of the fleet: its request, which the button for more repeats. */
type FleetContext = PageContext & { readonly request: { readonly before?: Before | undefined } };

/**
 * The share of chargers that are online, their firmware, and the errors that their connectors report now. Of a fleet that takes several looks, the
 * share is of all that were looked at so far; the tables are of the last look.
 */
export function fleetView(page: FleetPage, context: FleetContext): Markup {
  const { before = { looked: 0, online: 0 } } = context.request;
  const looked = before.looked + page.looked;
  const online = before.online + page.online;
  const share = looked === 0 ? '' : ` (${((100 * online) / looked).toFixed(1)} %)`;
  const isPart = page.next !== undefined || before.looked > 0;
  const part = isPart
    ? markup`<p class="q">${page.next === undefined ? 'These are all chargers.' : 'There are more chargers, which are not counted yet.'} The tables are of the last ${page.looked}.</p>`
    : nothing;
  const request = { ...context.request, before: { looked, online } };
  return markup`<p><b>${online}</b> of ${looked} chargers online${share}</p>${part}${countsOf('Vendor, model and firmware', 'Chargers', page.firmware)}${countsOf('Error', 'Connectors', page.errors)}${moreButton(page.next, { ...context, request })}`;
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
