import { type Markup, markup } from '../../view/markup.ts';
import type { BillsPage, OpenBill } from '../read-bills.ts';

/** Bills whose payment failed, or of which too much was taken. */
export function billsView({ rows, more }: BillsPage): Markup {
  if (rows.length === 0) return markup`<p>No payment failed, and none is to be refunded.</p>`;
  return markup`<p class="q">${rows.length}${more ? ' or more' : ''} bills</p><table><thead><tr><th>Session</th><th>State</th><th class="n">Open</th></tr></thead><tbody>${rows.map(rowOf)}</tbody></table>`;
}

const rowOf = ({ operatorName, sessionId, state, open, currency }: OpenBill): Markup =>
  markup`<tr><td><code>${sessionId}</code><div class="q">${operatorName}</div></td><td class="b">${state}</td><td class="n">${open} ${currency}</td></tr>`;
