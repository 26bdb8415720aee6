import type { HeldPage, HeldRow } from '../read-held.ts';
import { ageText } from './age-text.ts';
import { type Markup, markup } from './markup.ts';

/** Held CDRs with the reasons and the time since their sessions ended. */
export function heldView({ rows, more }: HeldPage, now: string): Markup {
  if (rows.length === 0) return markup`<p>No CDR is held.</p>`;
  const count = `${rows.length}${more ? ' or more' : ''} held. Decide each with POST /cdrs/{cdrId}/resolve: accept, setEnergy or void.`;
  return markup`<p class="q">${count}</p><table><thead><tr><th>CDR</th><th class="n">Age</th><th class="n">Energy</th><th>Reasons</th></tr></thead><tbody>${rows.map((row) => rowOf(row, now))}</tbody></table>`;
}

function rowOf({ operatorName, cdr }: HeldRow, now: string): Markup {
  const reasons = cdr.anomalies.filter(({ severity }) => severity === 'error');
  return markup`<tr><td><code>${cdr.cdrId}</code><div class="q">${operatorName} · ${cdr.chargerId}</div></td><td class="n">${ageText(cdr.endedAt, now)}</td><td class="n">${cdr.energyKwh} kWh</td><td>${reasons.map(({ code, message }) => markup`<div><b>${code}</b> <span class="q">${message}</span></div>`)}</td></tr>`;
}
