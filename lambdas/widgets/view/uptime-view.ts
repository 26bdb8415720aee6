import type { UptimeDefinitionName } from '../../../core/uptime/uptime-definition.ts';
import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { UptimeCell, UptimePage, UptimeRow } from '../read-uptime.ts';
import { moreButton, type PageContext } from './more-button.ts';

const titles: Readonly<Record<UptimeDefinitionName, string>> = {
  contract: 'Contract',
  nevi: 'NEVI',
  uk: 'UK',
};

const windows: Readonly<Record<UptimeDefinitionName, string>> = {
  contract: 'this month',
  nevi: 'twelve months',
  uk: 'calendar year',
};

/** The connectors with the lowest uptime, each with its outages and the part of them that is excluded, by the definitions that were asked for. */
export function uptimeView(page: UptimePage, context: PageContext): Markup {
  const { definitions, rows, left, silent, reached, measured, next } = page;
  const reaching = definitions.map(
    (one, n) =>
      `${titles[one]}, ${windows[one]}: ${reached[n]} of ${measured[n]} connectors reach the threshold.`,
  );
  const silence = silent === 0 ? [] : [`${silent} connectors have not reported.`];
  const others =
    left === 0
      ? nothing
      : markup`<p class="q">${left} connectors with more are not shown. All of an operator: npm run joulegate -- uptime</p>`;
  const part =
    next === undefined
      ? []
      : [
          'Of the chargers of this look: those after them may be lower. The lowest of all: npm run joulegate -- uptime.',
        ];
  return markup`<p class="q">${[...reaching, ...silence, ...part].join(' ')}</p>${rows.length === 0 ? markup`<p>No connector has reported in this window.</p>` : table(page)}${others}${moreButton(next, context)}`;
}

const table = ({ definitions, rows }: UptimePage): Markup =>
  markup`<table><thead><tr><th>Connector</th>${definitions.map((one) => markup`<th class="n">${titles[one]}</th>`)}</tr></thead><tbody>${rows.map(rowOf)}</tbody></table>`;

const rowOf = ({ chargerId, connector, operatorName, cells }: UptimeRow): Markup =>
  markup`<tr><td><b>${chargerId}</b> ${connector}<div class="q">${operatorName}</div></td>${cells.map(cellOf)}</tr>`;

const cellOf = ({ percent, isReached, outage, excluded }: UptimeCell): Markup =>
  percent === null
    ? markup`<td class="n q">not measured</td>`
    : markup`<td class="n"><span class="${isReached === true ? 'g' : 'b'}">${percent} %</span><div class="q">${outage} min out</div><div class="q">${excluded} excluded</div></td>`;
