import { escapeHtml } from '../../../view/escape-html.ts';
import type { FollowedAttempt } from './follow-attempt.ts';

/** Seconds until the page looks for news. */
const soon = 2;
const later = 10;

const status = (text: string, wait = 0): string =>
  `<p role="status"${wait > 0 ? ` data-wait="${wait}"` : ''}>${text}</p>${wait > 0 ? '<noscript><p><a href="">Look again</a></p></noscript>' : ''}`;

const facts = (entries: readonly (readonly [string, string])[]): string =>
  `<dl>${entries
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl>`;

function waiting({ attempt: { payUrl, state } }: FollowedAttempt): string {
  if (state === 'held')
    return status('Your payment is authorised. Plug in: the charger is starting.', soon);
  if (payUrl === undefined) return status('Your payment is being prepared.', soon);
  return `${status('Your card is not charged yet.', later)}
<p><a class="button" rel="noreferrer" href="${escapeHtml(payUrl)}">Go to the payment</a></p>`;
}

const charging = ({ attempt, energyKwh, cost }: FollowedAttempt): string =>
  `${status(attempt.stopAskedAt === undefined ? 'Your vehicle is charging.' : 'The charger was asked to stop.', later)}
${facts([
  ['Energy so far', `${energyKwh ?? '0'} kWh`],
  ['Cost so far, with VAT', cost ?? `0 ${attempt.currency}`],
])}
${attempt.stopAskedAt === undefined ? '<form method="post"><button type="submit">Stop charging</button></form>' : ''}`;

function ended({ attempt, captured, refunded, receiptUrl }: FollowedAttempt): string {
  const receipt =
    receiptUrl === undefined ? '' : `<p><a href="${escapeHtml(receiptUrl)}">Receipt</a></p>`;
  if (captured === undefined) {
    const isGivenUp = attempt.state === 'ended';
    return `${status(isGivenUp ? 'Nothing was taken from your card.' : 'You have charged. The bill is being made.', isGivenUp ? 0 : later)}${receipt}`;
  }
  return `${status('Thank you. You have charged and paid.')}
${facts([['Taken from your card', captured], ...(refunded === undefined ? [] : [['Given back', refunded] as const])])}${receipt}`;
}

/** The page by which a driver follows their attempt to charge. */
export function attemptHtml(followed: FollowedAttempt): string {
  const { attempt, session } = followed;
  const body = (): string => {
    if (session === 'active') return charging(followed);
    if (session !== 'none') return ended(followed);
    return attempt.state === 'ended'
      ? status('No session began. Nothing is taken from your card; what was reserved is released.')
      : waiting(followed);
  };
  return `<h1>Charging at ${escapeHtml(attempt.chargerId)}</h1>${body()}
<p class="quiet">Keep this page open, or its address: it is yours alone.</p>`;
}
