import { moneyDecimals, type TenThousandths } from '../../../../core/analytics/figures.ts';
import { attemptIdLength, attemptIdOf } from '../../../../core/payment/attempt.ts';
import { type MinorUnits, toMinorUnits } from '../../../../core/payment/minor-units.ts';
import { beginningOf } from '../../../../core/units/beginning-of.ts';
import { decimalOf } from '../../../../core/units/decimal.ts';
import type { HttpRequest } from '../../../http/http-request.ts';
import { ownForms } from '../../../http/http-response.ts';
import { plainPage } from '../../../http/plain-page.ts';
import type { Served } from '../../../http/serve-request.ts';
import { randomText } from '../../../runtime/new-id.ts';
import { changeAttempt, createAttempt, readAttempt } from '../../../store/payments/attempts.ts';
import {
  countAttempt,
  createAttemptLink,
  openPayLink,
  type PayPlace,
} from '../../../store/payments/pay-links.ts';
import type { Database } from '../../../store/table/client.ts';
import type { Services } from '../../services.ts';
import { payUrl } from '../pay-url.ts';
import { attemptHtml } from './attempt-page.ts';
import { followAttempt } from './follow-attempt.ts';
import { placeHtml } from './place-page.ts';
import { type OfferedPlace, readOfferedPlace } from './read-offered-place.ts';

/** Attempts by one link in a window of so many ms: more than drivers make, and few for somebody who plays with it. */
const mostAttempts = 10;
const windowLength = 600_000;

const page = (title: string, body: string, status = 200): Served => ({
  kind: 'done',
  status,
  mediaType: 'text/html',
  headers: ownForms,
  body: plainPage(title, `${body}<script src="/pay/pay.js" defer></script>`),
});

const gone = page(
  'Nothing to pay',
  '<h1>Nothing to pay here</h1><p>There is nothing at this address, or payment by card is not offered here at the moment.</p>',
  404,
);

const tooMany = page(
  'Too many attempts',
  '<h1>Too many attempts</h1><p>Please try again in ten minutes.</p>',
  429,
);

const seeOther = (location: string): Served => ({
  kind: 'done',
  status: 303,
  mediaType: 'text/html',
  headers: { location },
});

const amountOf = (text: string, currency: string): MinorUnits =>
  toMinorUnits(decimalOf(text, moneyDecimals) as TenThousandths, currency);

/** Begins an attempt: its provider is asked by the row of looks, and its driver follows it on a page of their own. */
async function begin(
  database: Database,
  { sendOutbound }: Services,
  place: OfferedPlace,
  now: string,
): Promise<Served> {
  const attemptId = attemptIdOf(randomText(attemptIdLength));
  const token = randomText(32);
  const { operatorId, chargerKey, chargerId, evseId, connectorId, operatorName } = place;
  const { currency } = place.tariff;
  await createAttempt(database, {
    attemptId,
    operatorId,
    chargerKey,
    chargerId,
    evseId,
    connectorId,
    currency,
    hold: amountOf(place.hold, currency),
    mostHold: amountOf(place.mostHold, currency),
    createdAt: now,
    pageUrl: payUrl(token),
    description: beginningOf(`Charging at ${chargerId}, ${operatorName}`, 200),
  });
  await createAttemptLink(database, token, attemptId);
  await sendOutbound([{ kind: 'payment', attemptId, isHint: false, troubles: 0, waitSeconds: 0 }]);
  return seeOther(payUrl(token));
}

async function answerPlace(
  database: Database,
  services: Services,
  { method, token, now }: Asked,
  found: PayPlace,
): Promise<Served> {
  const place = await readOfferedPlace(database, found, now);
  if (place === undefined) return gone;
  if (method === 'GET' || !place.isAvailable) return page('Charge here', placeHtml(place));
  const window = Math.floor(Date.parse(now) / windowLength);
  if ((await countAttempt(database, token, window, mostAttempts)) === 'exceeded') return tooMany;
  return await begin(database, services, place, now);
}

async function answerAttempt(
  database: Database,
  { sendOutbound }: Services,
  { method, token, now }: Asked,
  attemptId: string,
): Promise<Served> {
  const attempt = await readAttempt(database, attemptId);
  if (attempt === undefined) return gone;
  if (method === 'GET') {
    return page('Your charging', attemptHtml(await followAttempt(database, attempt, now)));
  }
  await changeAttempt(database, attemptId, { stopAskedAt: now });
  await sendOutbound([{ kind: 'payment', attemptId, isHint: true, troubles: 0, waitSeconds: 0 }]);
  return seeOther(payUrl(token));
}

type Asked = { readonly method: 'GET' | 'POST'; readonly token: string; readonly now: string };

/** Answers whoever opens a page to pay at, or presses its button: that of a connector, or that of an attempt. */
export async function answerPay(
  database: Database,
  { path }: HttpRequest,
  services: Services,
  method: Asked['method'],
): Promise<Served> {
  const token = path['token'] ?? '';
  const opened = await openPayLink(database, token);
  if (opened === undefined) return gone;
  const asked = { method, token, now: new Date().toISOString() };
  return opened.kind === 'place'
    ? await answerPlace(database, services, asked, opened.place)
    : await answerAttempt(database, services, asked, opened.attemptId);
}

/** Answers the QR code of the page of a connector. */
export async function answerQr(database: Database, { path }: HttpRequest): Promise<Served> {
  const token = path['token'] ?? '';
  if ((await openPayLink(database, token))?.kind !== 'place') return gone;
  const { renderSVG } = await import('uqr');
  return { kind: 'done', status: 200, mediaType: 'image/svg+xml', body: renderSVG(payUrl(token)) };
}
