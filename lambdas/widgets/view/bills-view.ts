import { type Markup, markup } from '../../view/markup.ts';
import type { Gathered } from '../gather-rows.ts';
import type { OpenBill } from '../read-bills.ts';
import { moreButton, type PageContext } from './more-button.ts';

/** Bills whose payment failed, or of which too much was taken. */
export function billsView({ rows, next }: Gathered<OpenBill>, context: PageContext): Markup {
  const rest = moreButton(next, context, 'Bills after these');
  if (rows.length === 0)
    return next === undefined
      ? markup`<p>No payment failed, and none is to be refunded.</p>`
      : rest;
  return markup`<p class="q">${rows.length} bills${next === undefined ? '' : ', and there may be more after these'}</p><table><thead><tr><th>Session</th><th>State</th><th class="n">Open</th></tr></thead><tbody>${rows.map(rowOf)}</tbody></table>${rest}`;
}

const rowOf = ({ operatorName, sessionId, state, open, currency }: OpenBill): Markup =>
  markup`<tr><td><code>${sessionId}</code><div class="q">${operatorName}</div></td><td class="b">${state}</td><td class="n">${open} ${currency}</td></tr>`;
