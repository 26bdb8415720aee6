import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { receiptOf } from '../../../core/receipt/receipt.ts';
import { readCdrInForce } from '../../store/cdrs/cdr-in-force.ts';
import { readSealedCdr } from '../../store/cdrs/cdrs.ts';
import { readLocation } from '../../store/locations/locations.ts';
import { readOperator } from '../../store/operators/operators.ts';
import { findReceipt } from '../../store/receipts/receipt-links.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';
import { type ReceiptView, receiptView } from './receipt-view.ts';

/** The receipt that a link opens; `pending` until the CDR of its session is sealed. */
export type FoundReceipt = ReceiptView | { readonly state: 'pending'; readonly sessionId: string };

type Sealed = Parameters<typeof receiptOf>[0];

const isSealed = (cdr: Cdr | undefined): cdr is Cdr & Sealed =>
  cdr !== undefined && cdr.seal !== null && cdr.total !== null;

/** Finds the receipt of a token; undefined for one that was never given, or was revoked. */
export async function receiptOfToken(
  database: Database,
  token: string,
): Promise<FoundReceipt | undefined> {
  const link = await findReceipt(database, token);
  if (link === undefined) return undefined;
  const { operatorId, sessionId, issuer } = link;
  const stored = await readSession(database, sessionId);
  if (stored === undefined) return undefined;
  const cdr = await readCdrInForce(database, stored);
  if (!isSealed(cdr)) return { state: 'pending', sessionId };
  const { locationId, chargerKey, creditSequence } = stored;
  const [operator, location, credit] = await Promise.all([
    readOperator(database, operatorId),
    locationId === undefined ? undefined : readLocation(database, operatorId, locationId),
    creditSequence === undefined
      ? undefined
      : readSealedCdr(database, chargerKey, creditSequence, true),
  ]);
  const place = location && {
    name: location.name,
    address: location.address,
    city: location.city,
    country: location.country,
  };
  return receiptView(receiptOf(cdr, operator?.name ?? '', place, issuer, credit));
}
