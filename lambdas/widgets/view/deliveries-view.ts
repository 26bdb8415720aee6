import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { DeliveriesPage, OpenDelivery } from '../read-deliveries.ts';
import { ageText } from './age-text.ts';

/** Webhooks and partners that did not get what they are to get. */
export function deliveriesView({ rows, more }: DeliveriesPage, now: string): Markup {
  const rest = more
    ? markup`<p class="q">Not all were looked at: name an operatorId, or ask GET /webhooks and GET /partners.</p>`
    : nothing;
  if (rows.length === 0)
    return markup`<p>Every webhook and partner got what it is to get.</p>${rest}`;
  return markup`<table><thead><tr><th>Receiver</th><th class="n">Fails for</th><th>Waiting</th><th>Why</th></tr></thead><tbody>${rows.map((row) => rowOf(row, now))}</tbody></table>${rest}`;
}

const rowOf = (
  { operatorName, kind, receiver, since, why, waiting }: OpenDelivery,
  now: string,
): Markup =>
  markup`<tr><td>${receiver}<div class="q">${kind} · ${operatorName}</div></td><td class="n ${since === undefined ? 'q' : 'b'}">${since === undefined ? '' : ageText(since, now)}</td><td>${waiting}</td><td>${why}</td></tr>`;
