import { type Markup, markup } from '../../view/markup.ts';
import type { Gathered } from '../gather-rows.ts';
import type { FailedRow } from '../read-failed.ts';
import { ageText } from './age-text.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** Sessions of the month that failed, by how. */
export function failedView(
  { rows, next }: Gathered<FailedRow>,
  context: PageContext & { readonly now: string },
): Markup {
  const rest = moreButton(next, context, 'Failed sessions after these');
  if (rows.length === 0)
    return next === undefined ? markup`<p>No session of this month failed.</p>` : rest;
  const counts = Map.groupBy(rows, ({ failure }) => failure);
  const words = [...counts].map(([failure, some]) => `${some.length} ${failure}`);
  return markup`<p class="q">${words.join(', ')}${next === undefined ? '' : ', and there may be more after these'}</p><table><thead><tr><th>Charger</th><th>Session</th><th class="n">Ended</th><th class="n">Energy</th><th>Failure</th></tr></thead><tbody>${rows.map((row) => rowOf(row, context.now))}</tbody></table>${rest}`;
}

const rowOf = (row: FailedRow, now: string): Markup =>
  markup`<tr><td><b>${row.chargerId}</b><div class="q">${row.operatorName}</div></td><td><code>${row.sessionId}</code></td><td class="n">${ageText(row.endedAt, now)}</td><td class="n">${row.energyKwh} kWh</td><td><span class="b">${row.failure}</span> <span class="q">${row.stopReason}</span></td></tr>`;
