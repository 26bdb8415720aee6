import type { HttpRequest } from '../http/http-request.ts';
import type { Served, StatedOpenRoute } from '../http/serve-request.ts';
import type { Database } from '../store/table/client.ts';
import { ReceiptSchema } from './receipts/receipt-view.ts';

/** A call that needs no key: the token in its path is what a key is elsewhere. */
export type LinkRoute = StatedOpenRoute & {
  readonly answer: (database: Database, request: HttpRequest) => Promise<Served>;
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
];
