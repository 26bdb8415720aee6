import { refused } from '../../http/answer.ts';
import type { HttpRequest } from '../../http/http-request.ts';
import { ownScripts } from '../../http/http-response.ts';
import { plainPage } from '../../http/plain-page.ts';
import type { Served } from '../../http/serve-request.ts';
import type { Database } from '../../store/table/client.ts';
import { receiptOfToken } from './find-receipt.ts';
import { receiptPage } from './receipt-page.ts';

const gone = plainPage(
  'No receipt',
  '<h1>No receipt</h1><p>There is no receipt at this address, or its link was revoked. Ask the operator of the charger for a new one.</p>',
);

/** Answers whoever opens the link to a receipt, with a page where the request accepts HTML. */
export async function answerReceipt(
  database: Database,
  { path, headers }: HttpRequest,
): Promise<Served> {
  const isPage = headers['accept']?.includes('text/html') === true;
  const receipt = await receiptOfToken(database, path['token'] ?? '');
  if (!isPage) {
    return receipt === undefined
      ? refused('RECEIPT_NOT_FOUND')
      : { kind: 'done', status: 200, body: receipt, mediaType: 'application/json' };
  }
  const page = { kind: 'done', mediaType: 'text/html', headers: ownScripts } as const;
  return receipt === undefined
    ? { ...page, status: 404, body: gone }
    : { ...page, status: 200, body: receiptPage(receipt) };
}
