import * as z from 'zod';
import type { HttpRequest } from '../http/http-request.ts';
import type { Served, StatedOpenRoute } from '../http/serve-request.ts';
import type { Database } from '../store/table/client.ts';
import { ReceiptSchema } from './receipts/receipt-view.ts';
import type { Services } from './services.ts';

/** A call that needs no key: the token in its path is what a key is elsewhere. */
export type LinkRoute = StatedOpenRoute & {
  readonly answer: (
    database: Database,
    request: HttpRequest,
    services: Services,
  ) => Promise<Served>;
};

/** The calls that whoever has a link may make. */
export const linkRoutes: readonly LinkRoute[] = [
  {
    method: 'GET',
    path: '/receipts/{token}',
    summary:
      "Returns the receipt of a session to whoever has its link: as a page where the request accepts HTML, or else as JSON. The page verifies the meter's signatures in the browser.",
    mediaType: 'application/json',
    response: ReceiptSchema,
    hasPage: true,
    errors: ['RECEIPT_NOT_FOUND'],
    answer: async (database, request) => {
      const { answerReceipt } = await import('./receipts/answer-receipt.ts');
      return await answerReceipt(database, request);
    },
  },
  {
    method: 'GET',
    path: '/pay/{token}',
    summary:
      'Shows the page at which a driver charges and pays by card, or the one by which they follow that, to whoever has its link.',
    mediaType: 'text/html',
    pages: { 404: 'There is nothing to pay at this link.' },
    answer: async (database, request, services) => {
      const { answerPay } = await import('./payments/pay/answer-pay.ts');
      return await answerPay(database, request, services, 'GET');
    },
  },
  {
    method: 'POST',
    path: '/pay/{token}',
    summary: 'Begins to pay at a connector, or stops charging: the buttons of the pages.',
    mediaType: 'text/html',
    pages: {
      303: 'Leads to the page on which the driver follows it.',
      404: 'There is nothing to pay at this link.',
      429: 'Too many attempts were begun at this connector.',
    },
    answer: async (database, request, services) => {
      const { answerPay } = await import('./payments/pay/answer-pay.ts');
      return await answerPay(database, request, services, 'POST');
    },
  },
  {
    method: 'GET',
    path: '/pay/{token}/qr',
    summary: 'Returns the link to the page of a connector as a QR code.',
    mediaType: 'image/svg+xml',
    pages: { 404: 'There is nothing to pay at this link.' },
    answer: async (database, request) => {
      const { answerQr } = await import('./payments/pay/answer-pay.ts');
      return await answerQr(database, request);
    },
  },
  {
    method: 'POST',
    path: '/payments/stripe/{operatorId}',
    summary:
      'Takes an event of Stripe, whose signature is verified: the attempt that it names is looked at.',
    mediaType: 'application/json',
    response: z.strictObject({ received: z.literal(true) }),
    errors: ['PAYMENT_EVENT_REFUSED'],
    answer: async (database, request, services) => {
      const { answerStripeEvent } = await import('./payments/pay/answer-stripe-event.ts');
      return await answerStripeEvent(database, request, services);
    },
  },
];
