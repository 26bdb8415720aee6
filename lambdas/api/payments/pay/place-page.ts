import { moneyDecimals } from '../../../../core/analytics/figures.ts';
import { type PriceTerm, priceList, priceTerms } from '../../../../core/payment/price-list.ts';
import { decimalOf } from '../../../../core/units/decimal.ts';
import { escapeHtml } from '../../../view/escape-html.ts';
import { amountText } from '../../accounts/account-view.ts';
import type { OfferedPlace } from './read-offered-place.ts';

const rows = ({ tariff }: OfferedPlace): string =>
  priceList(tariff)
    .map(({ price, per, when, perHour, step }) => {
      const more = [
        when,
        perHour === undefined ? undefined : `${perHour} ${tariff.currency} per hour`,
        step === undefined ? undefined : `billed in steps of ${step}`,
      ].flatMap((part) => part ?? []);
      const quiet =
        more.length === 0 ? '' : ` <span class="quiet">${escapeHtml(more.join(', '))}</span>`;
      return `<tr><td>per ${escapeHtml(per)}${quiet}</td><td class="number">${escapeHtml(price)} ${escapeHtml(tariff.currency)}</td></tr>`;
    })
    .join('');

function termText({ kind, value, withoutVat }: PriceTerm, currency: string): string {
  const money = `${value} ${currency}${withoutVat === true ? ' without VAT' : ''}`;
  switch (kind) {
    case 'at-least':
      return `A session costs at least ${money}.`;
    case 'at-most':
      return `A session costs at most ${money}.`;
    case 'free-idle-minutes':
      return `The first ${value} minutes after charging cost nothing.`;
    case 'most-idle-minutes':
      return `At most ${value} minutes after charging are billed.`;
    default:
      return kind satisfies never;
  }
}

const terms = ({ tariff }: OfferedPlace): string => {
  const texts = priceTerms(tariff).map((term) => termText(term, tariff.currency));
  return texts.length === 0
    ? ''
    : `<ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
};

const where = ({ operatorName, chargerId, location, evseId, connectorId }: OfferedPlace): string =>
  `<p class="quiet">${escapeHtml(operatorName)}</p><p>${escapeHtml(
    [location, `charger ${chargerId}, EVSE ${evseId}, connector ${connectorId}`]
      .filter((part) => part !== undefined)
      .join(', '),
  )}</p>`;

/** The page that a driver reads at a connector before they pay: where they are, what it costs, and what is held. */
export function placeHtml(place: OfferedPlace): string {
  const { tariff, isAvailable } = place;
  const hold = amountText(decimalOf(place.hold, moneyDecimals), tariff.currency);
  const offer = isAvailable
    ? `<p><strong>${escapeHtml(hold)} ${escapeHtml(tariff.currency)}</strong> are reserved on your card before you charge. Afterwards only what you used is taken, and
your bank releases the rest; that can take some days.</p>
<form method="post"><button type="submit">Pay by card and charge</button></form>
<p class="quiet">You enter your card at our payment provider, Stripe. We never see its number.</p>`
    : '<p class="bad" role="status">This connector cannot be used at the moment. Please choose another one.</p>';
  return `<h1>Charge here</h1>${where(place)}
<h2>Prices with VAT</h2><div class="scroll" role="region" aria-label="Prices" tabindex="0"><table><thead><tr><th scope="col">For</th><th scope="col" class="number">Price</th></tr></thead><tbody>${rows(place)}</tbody></table></div>${terms(place)}
<h2>Payment</h2>${offer}`;
}
