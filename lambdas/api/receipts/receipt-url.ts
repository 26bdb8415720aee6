import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { readReceiptLink } from '../../store/receipts/receipt-links.ts';
import type { Database } from '../../store/table/client.ts';

/** The URL of a receipt, below FILES_URL: the HTTP API as everybody reaches it. */
export const receiptUrl = (token: string): string =>
  `${(process.env['FILES_URL'] ?? '').replace(/\/+$/, '')}/receipts/${token}`;

/** A CDR with the link to the receipt of its session, where it has one. */
export async function withReceiptUrl(database: Database, cdr: Cdr): Promise<Cdr> {
  const link = await readReceiptLink(database, cdr.sessionId);
  return link === undefined ? cdr : { ...cdr, receiptUrl: receiptUrl(link.token) };
}
