import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { CommandRow, CommandsPage } from '../read-commands.ts';

/** Commands of the last day by type and by how they ended. */
export function commandsView({ rows, more, readTo }: CommandsPage): Markup {
  const rest = more
    ? markup`<p class="q">Not all were read: at most 200 of each of 20 operators${readTo === undefined ? '' : `, and events since ${readTo.slice(0, 16).replace('T', ' ')} UTC`}. All of an operator: GET /events?types=command.finished.</p>`
    : nothing;
  if (rows.length === 0) return markup`<p>No command ended in the last 24 hours.</p>${rest}`;
  const states = [...new Set(rows.flatMap((row) => [...row.states.keys()]))].sort();
  const heads = states.map((state) => markup`<th class="n">${state}</th>`);
  return markup`<table><thead><tr><th>Command</th>${heads}<th class="n">accepted, %</th></tr></thead><tbody>${rows.map((row) => rowOf(row, states))}</tbody></table>${rest}`;
}

function rowOf({ type, states }: CommandRow, words: readonly string[]): Markup {
  const cells = words.map((word) => {
    const count = states.get(word) ?? 0;
    const tone = count === 0 ? 'q' : word === 'accepted' ? 'g' : 'b';
    return markup`<td class="n ${tone}">${count}</td>`;
  });
  const all = [...states.values()].reduce((sum, count) => sum + count, 0);
  const share = Math.round((100 * (states.get('accepted') ?? 0)) / Math.max(1, all));
  return markup`<tr><td>${type}</td>${cells}<td class="n">${share}</td></tr>`;
}
