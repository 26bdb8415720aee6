import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { OddSession } from '../fleet-sums.ts';
import type { FleetPage } from '../read-fleet.ts';
import { ageText } from './age-text.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** Sessions in progress with their power, the share of connectors that have one, and those that need a look. */
export function chargingView(
  page: FleetPage,
  context: PageContext & { readonly now: string },
): Markup {
  const { connectors, occupied, powerKw, odd } = page;
  const share = connectors === 0 ? '' : ` (${((100 * occupied) / connectors).toFixed(1)} %)`;
  return markup`<p><b>${occupied}</b> sessions in progress at ${connectors} connectors${share}, <b>${powerKw.toFixed(1)} kW</b></p>${odd.length === 0 ? markup`<p class="q">None is without energy after half an hour or longer than a day.</p>` : table(odd, context.now)}${moreButton(page.next, context)}`;
}

/** Rows of the table of sessions that need a look. */
const mostRows = 50;

const reasons = { 'no-energy': 'no energy', long: 'longer than a day' } as const;

/** The sessions that need a look, the oldest first, and how many are left out. */
function table(odd: readonly OddSession[], now: string): Markup {
  const oldest = odd.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const left = oldest.length - mostRows;
  const rest =
    left <= 0
      ? nothing
      : markup`<p class="q">${left} more began later: <code>GET /sessions/active</code> lists all of an operator.</p>`;
  const rows = oldest
    .slice(0, mostRows)
    .map(
      (one) =>
        markup`<tr><td><b>${one.chargerId}</b> ${one.connector}<div class="q">${one.operatorName}</div></td><td><code>${one.sessionId}</code></td><td class="n">${ageText(one.startedAt, now)}</td><td class="n">${one.energyKwh} kWh</td><td class="b w">${reasons[one.why]}</td></tr>`,
    );
  return rows.length === 0
    ? nothing
    : markup`<table><thead><tr><th>Charger</th><th>Session</th><th class="n">Age</th><th class="n">Energy</th><th></th></tr></thead><tbody>${rows}</tbody></table>${rest}`;
}
