import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { CurrencyRow, DayCell, MoneyPage } from '../read-money.ts';

/** Sealed CDRs by currency and day. */
export function moneyView({ currencies, more }: MoneyPage): Markup {
  if (currencies.length === 0) return markup`<p>No CDR was sealed for a session of these days.</p>`;
  return markup`${currencies.map(currencyOf)}${more ? markup`<p class="q">Not all operators are added up: name one by operatorId, or ask GET /analytics/days.</p>` : nothing}`;
}

function currencyOf({
  currency,
  days,
  sessions,
  energyKwh,
  inclVat,
  exclVat,
}: CurrencyRow): Markup {
  return markup`<p><b>${inclVat} ${currency}</b> <span class="q">with VAT, ${exclVat} without · ${sessions} sessions · ${energyKwh} kWh</span></p><table><thead><tr><th>Day (UTC)</th><th class="n">Sessions</th><th class="n">kWh</th><th class="n">${currency}</th><th></th></tr></thead><tbody>${days.map(dayOf)}</tbody></table>`;
}

const barWidth = 160;

function dayOf({ day, sessions, energyKwh, inclVat, share }: DayCell): Markup {
  const length = (share * barWidth).toFixed(1);
  return markup`<tr><td class="w">${day}</td><td class="n">${sessions}</td><td class="n">${energyKwh}</td><td class="n">${inclVat}</td><td><svg width="${barWidth}" height="12" role="img" aria-label="${inclVat}"><rect width="${length}" height="12" stroke="none"/></svg></td></tr>`;
}
