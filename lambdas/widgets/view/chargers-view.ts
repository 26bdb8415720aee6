import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { ChargerRow, ConnectorCell, SessionCell } from '../charger-row.ts';
import type { ChargerPage } from '../read-chargers.ts';
import type { WidgetOf } from '../widget-request.ts';
import { ageText } from './age-text.ts';
import { bars } from './bars.ts';
import { curve } from './curve.ts';
import { moreButton } from './more-button.ts';

/** The surroundings of a list of chargers: the request, which the button for more repeats, and the function it calls. */
export type ChargersContext = {
  readonly request: WidgetOf<'chargers'>;
  readonly functionArn: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
};

/** Chargers with connection, connectors, sessions in progress and errors. */
export function chargersView(page: ChargerPage, context: ChargersContext): Markup {
  const { rows, looked, online, states, next } = page;
  const counts = [...states].sort().map(([state, count]) => `${count} ${state}`);
  const share = looked === 0 ? '' : ` (${Math.round((100 * online) / looked)} %)`;
  const summary = `${online} of ${looked} chargers online${share}. Connectors: ${counts.join(', ') || 'none'}.`;
  return markup`<p class="q">${summary}${next === undefined ? '' : ' There are more chargers than were looked at.'}</p>
${rows.length === 0 ? markup`<p>No charger to show.</p>` : table(rows, context.now)}${moreButton(next, context)}`;
}

const table = (rows: readonly ChargerRow[], now: string): Markup =>
  markup`<table><thead><tr><th>Charger</th><th>Connection</th><th>Connectors</th><th>kWh of 24 h</th></tr></thead><tbody>${rows.map((row) => rowOf(row, now))}</tbody></table>`;

function rowOf(row: ChargerRow, now: string): Markup {
  const { chargerId, name, operatorName, device, connectors } = row;
  return markup`<tr><td><b>${chargerId}</b>${name === undefined ? nothing : markup` ${name}`}<div class="q">${operatorName}${device === '' ? '' : ` · ${device}`}</div></td><td class="w">${connection(row, now)}</td><td class="w">${connectors.map(connectorOf)}</td><td class="w">${bars(row.lastDay)}</td></tr>`;
}

function connection({ isOnline, since }: ChargerRow, now: string): Markup {
  if (since === undefined) return markup`<span class="b">never connected</span>`;
  const word = isOnline
    ? markup`<span class="g">online</span>`
    : markup`<span class="b">offline</span>`;
  return markup`${word} <span class="q">${ageText(since, now)}</span>`;
}

function connectorOf({ name, status, isFaulted, session, error }: ConnectorCell): Markup {
  const word = status ?? 'unknown';
  const reported = error === undefined ? nothing : markup`<div class="b a">${error}</div>`;
  return markup`<div>${name} <span class="${isFaulted ? 'b' : 'q'}">${word}</span>${session === undefined ? nothing : sessionOf(session)}${reported}</div>`;
}

const sessionOf = ({ energyKwh, powerKw, curve: points }: SessionCell): Markup =>
  markup` <b>${energyKwh} kWh</b>${powerKw === undefined ? nothing : markup` ${powerKw} kW`} ${curve(points)}`;
