import * as z from 'zod';
import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import {
  createReceiptLink,
  type ReceiptLink,
  revokeReceiptLink,
} from '../../store/receipts/receipt-links.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { ownSession } from '../sessions/own-session.ts';
import { receiptUrl } from './receipt-url.ts';

/** Characters of a token: 160 bits that nobody guesses. */
const tokenLength = 32;

const ReceiptLinkSchema = z
  .strictObject({ receiptUrl: z.string(), sessionId: z.string(), createdAt: timeText })
  .meta({ id: 'ReceiptLink' });

const linkView = ({ token, sessionId, createdAt }: ReceiptLink) => ({
  receiptUrl: receiptUrl(token),
  sessionId,
  createdAt,
});

/** The session of a CDR of the caller's; undefined where there is none. */
async function sessionOfCdr(caller: Caller, cdrId: string): Promise<string | undefined> {
  const named = readCdrId(cdrId);
  const stored = named && (await ownSession(caller, named.sessionId));
  return stored?.result === undefined ? undefined : stored.session.sessionId;
}

/** The calls about links to receipts. */
export const receiptRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/cdrs/{cdrId}/receipt',
    summary:
      'Makes the link by which the driver opens the receipt of a session, without a key; a session has one, whichever of its CDRs names it.',
    scope: 'cdrs:write',
    response: ReceiptLinkSchema,
    errors: ['CDR_NOT_FOUND', 'RECEIPT_NOT_FOUND'],
    repeatable: 'claimed',
    run: async (caller, { path: { cdrId } }) => {
      const sessionId = await sessionOfCdr(caller, cdrId);
      if (sessionId === undefined) return refused('CDR_NOT_FOUND');
      const { database, operatorId, now } = caller;
      const token = randomText(tokenLength);
      const link = { token, operatorId, sessionId, createdAt: now };
      const kept = await createReceiptLink(database, link, true);
      return kept === undefined ? refused('RECEIPT_NOT_FOUND') : done(linkView(kept));
    },
  }),
  route({
    method: 'DELETE',
    path: '/cdrs/{cdrId}/receipt',
    summary: 'Revokes the link to the receipt of a session for good; a new one can be made.',
    scope: 'cdrs:write',
    status: 204,
    errors: ['CDR_NOT_FOUND', 'RECEIPT_NOT_FOUND'],
    run: async (caller, { path: { cdrId } }) => {
      const sessionId = await sessionOfCdr(caller, cdrId);
      if (sessionId === undefined) return refused('CDR_NOT_FOUND');
      return (await revokeReceiptLink(caller.database, sessionId, caller.now)) === 'absent'
        ? refused('RECEIPT_NOT_FOUND')
        : doneSilently;
    },
  }),
];
